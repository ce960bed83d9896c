"""What the API says and takes about checks and findings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.rows import NamedRow
from duban.inspections.domain.verdicts import SEVERITIES, Grade, Verdict
from duban.inspections.models import CheckResult, Finding, ReinspectionDraw, Visit
from duban.inspections.schemas.phones import SeverityWord, VerdictWord

VERDICTS: dict[VerdictWord, Verdict] = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "not_applicable": Verdict.NOT_APPLICABLE}
WORDS: dict[int, VerdictWord] = {verdict.value: word for word, verdict in VERDICTS.items()}


class Paging(Schema):
    """Which page of a list: `after` is the last code of the page before."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class DaysPaging(Paging):
    """The same, narrowed to days, both ends included."""

    from_day: date | None = None
    to_day: date | None = None


class StatePaging(Paging):
    """The same, narrowed to one state."""

    state: str = Field("", max_length=24)


class ResultIn(Schema):
    """One check result. Contract by code or number, item by key, number or name, place by tag or from the top down."""

    client_id: UUID
    contract: str = Field(max_length=60)
    line: int = Field(ge=1, le=32767)
    item: str = Field(max_length=120)
    day: date
    at: datetime | None = None
    place: str = Field("", max_length=200)
    verdict: VerdictWord
    severity: SeverityWord | None = None
    value: Decimal | None = Field(None, max_digits=12, decimal_places=3)
    note: str = Field("", max_length=300)

    def named(self) -> NamedRow:
        """As the service takes it."""
        return NamedRow(
            contract=self.contract,
            line=self.line,
            item=self.item,
            day=self.day,
            at=self.at,
            verdict=VERDICTS[self.verdict],
            place=self.place,
            severity=Grade.of(self.severity) if self.severity else None,
            value=self.value,
            note=self.note,
            client_id=self.client_id,
        )


class ResultsIn(Schema):
    """A delivery of up to a thousand results; it may be sent again without harm."""

    rows: list[ResultIn] = Field(min_length=1, max_length=1000)


class RecordedOut(Schema):
    """What a delivery did."""

    written: int
    known: int
    findings: int


class ResultOut(Schema):
    """A check result."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    day: date
    at: datetime
    item: str = Field(alias="item.key")
    place: str | None = Field(None, alias="place.tag")
    verdict: VerdictWord
    severity: SeverityWord | None
    value: Decimal | None
    photo_count: int
    note: str

    @staticmethod
    def resolve_verdict(result: CheckResult) -> VerdictWord:
        return WORDS[result.verdict]

    @staticmethod
    def resolve_severity(result: CheckResult) -> str | None:
        return SEVERITIES[Grade(result.severity)].value if result.verdict == Verdict.FAIL else None


class CorrectionIn(Schema):
    """A recorded result changed afterwards, with the reason."""

    verdict: VerdictWord
    severity: SeverityWord = "minor"
    note: str | None = Field(None, max_length=300)
    reason: str = Field(max_length=300)


class FindingOut(Schema):
    """A finding."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    item: str = Field(alias="item.key")
    place: str | None = Field(None, alias="place.tag")
    severity: SeverityWord
    state: str
    text: str
    found_on: date
    due_on: date | None
    rectified_on: date | None
    closed_on: date | None
    result: str | None

    @staticmethod
    def resolve_severity(finding: Finding) -> str:
        return SEVERITIES[Grade(finding.severity)].value

    @staticmethod
    def resolve_result(finding: Finding) -> str | None:
        return f"CR-{finding.check_result_id}" if finding.check_result_id else None


class FindingNoteIn(Schema):
    """The reason of a move."""

    note: str = Field("", max_length=1000)


class VisitOut(Schema):
    """A visit."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    day: date
    checklist: str | None
    is_announced: bool
    result_count: int
    failed_count: int

    @staticmethod
    def resolve_checklist(visit: Visit) -> str | None:
        return visit.checklist.code if visit.checklist else None


class CalibrationOut(Schema):
    """A comparison of inspectors as the core computed it; `people` and `vendors` name the keys in the report."""

    starts_on: date = Field(alias="calibration.starts_on")
    ends_on: date = Field(alias="calibration.ends_on")
    made_at: datetime = Field(alias="calibration.made_at")
    people: dict[str, str]
    vendors: dict[str, str]
    report: dict[str, Any]


class StratumOut(Schema):
    """One contract line in one quarter: what the inspector passed of what was checked, and what the others did."""

    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    quarter: str
    passed: int
    total: int
    others_passed: int
    others_total: int


class InspectorOut(Schema):
    """Everything the comparison says of one inspector, and the lines and quarters it was made from."""

    name: str
    figures: dict[str, Any]
    strata: list[StratumOut]


class DrawIn(Schema):
    """A draw of visits to be checked again."""

    start: date
    end: date
    count: int = Field(ge=1, le=200)
    due_on: date
    seed: str = Field(min_length=1, max_length=40)


class DrawOut(Schema):
    """A draw: `case` is what `duban calc draw` takes, `drawn` what it must come to."""

    code: str
    starts_on: date
    ends_on: date
    seed: str
    case: dict[str, Any]
    drawn: list[dict[str, int]]

    @staticmethod
    def resolve_drawn(one: ReinspectionDraw) -> list[dict[str, int]]:
        return [{"visit": task.visit_id, "second": task.inspector_id} for task in one.tasks.order_by("pk")]


class ReinspectionOut(Schema):
    """A visit drawn to be checked again; whose visit it was is not said."""

    code: str
    contract: str = Field(alias="visit.line.contract.code")
    line: int = Field(alias="visit.line.number")
    inspector: str = Field(alias="inspector.name")
    due_on: date
    seed: str
    state: str


class TwiceRowOut(Schema):
    """One check; `first` stays empty until the task is done."""

    key: int
    item: str
    place: str
    first: str
    second: str
    note: str


class TwiceOut(Schema):
    """A task with its checks."""

    code: str = Field(alias="reinspection.code")
    state: str = Field(alias="reinspection.state")
    may_answer: bool
    rows: list[TwiceRowOut]


class OpinionIn(Schema):
    """The second answer to one check."""

    key: int = Field(ge=1, le=2**63 - 1)
    verdict: VerdictWord
    severity: SeverityWord = "minor"
    note: str = Field("", max_length=300)


class OpinionsIn(Schema):
    """All answers of a task."""

    answers: list[OpinionIn] = Field(min_length=1, max_length=1000)

    def opinions(self) -> dict[int, Opinion]:
        """As the service takes them."""
        return {row.key: Opinion(VERDICTS[row.verdict], Grade.of(row.severity), row.note) for row in self.answers}


class AnswerRowOut(Schema):
    """One answer of a form; a heading has no text."""

    depth: int
    label: str
    text: str


class FilledFormOut(Schema):
    """A form as somebody filled it in at a place of a task."""

    place: str
    person: str
    at: datetime
    version: int
    rows: list[AnswerRowOut]
