"""What the API says and takes about inspection plans and their tasks."""

from dataclasses import fields as fields_of
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from duban.inspections.domain.plans import Below, Frequency, PlanInput, SamplingMode, Span, TaskKind, Trust
from duban.inspections.domain.sampling import Level
from duban.inspections.domain.verdicts import Grade
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.models import InspectionPlan, InspectionTask, RiskRating
from duban.inspections.permissions import Code
from duban.inspections.schemas import VERDICTS, StatePaging
from duban.inspections.schemas.phones import SeverityWord, VerdictWord
from duban.inspections.selectors.plan_codes import Named
from duban.inspections.selectors.plans import PlanPage
from duban.inspections.selectors.tasks import LotPage, TaskPage

MANY = {"estates": "estate_ids", "lines": "line_ids", "places": "place_ids"}


class TaskPaging(StatePaging):
    """The same for tasks: those of one plan, or those given to the reader."""

    plan: str = Field("", max_length=24)
    mine: bool = False


class PlanIn(Schema):
    """A plan: estates and checklist by code, lines as `contract/number`, places by the code on the wall; none means all."""

    name: str = Field(max_length=80)
    service_line: str = Field(max_length=24)
    starts_on: date
    ends_on: date | None = None
    estates: list[str] = Field(default_factory=list, max_length=500)
    lines: list[str] = Field(default_factory=list, max_length=500)
    place_kind: str = Field("", max_length=12)
    places: list[str] = Field(default_factory=list, max_length=500)
    checklist: str = Field("", max_length=24)
    frequency: Frequency = Frequency.TIMES
    weekdays: list[int] = Field(default_factory=list, max_length=7)
    every_weeks: int = Field(1, ge=1, le=52)
    month_days: list[int] = Field(default_factory=list, max_length=31)
    times: int = Field(1, ge=1, le=31)
    span: Span = Span.WEEK
    times_min: int = Field(1, ge=1, le=31)
    times_max: int = Field(8, ge=1, le=31)
    season_months: list[int] = Field(default_factory=list, max_length=12)
    window_days: int = Field(2, ge=0, le=60)
    window_from: time | None = None
    window_to: time | None = None
    sampling: SamplingMode = SamplingMode.ALL
    sample_count: int = Field(10, ge=1, le=2000)
    level: Level = Level.II
    aql_major: Decimal = Field(Decimal("2.5"), max_digits=7, decimal_places=3)
    aql_minor: Decimal = Field(Decimal("6.5"), max_digits=7, decimal_places=3)
    reduced_allowed: bool = False
    roles: list[str] = Field(default_factory=list, max_length=20)
    is_announced: bool = True
    needs_checkin: bool = True
    gallery_allowed: bool = False
    signature_needed: bool = False
    score_trust: Trust = Trust.LOW
    money_trust: Trust = Trust.MEDIUM
    below_trust: Below = Below.WAIT

    def codes(self) -> dict[str, list[str]]:
        """Everything named by code, by field."""
        many = {name: list(getattr(self, name)) for name in MANY}
        return {**many, "checklist": [self.checklist] if self.checklist else []}

    def entry(self, keys: dict[str, tuple[int, ...]]) -> PlanInput:
        """As the service takes it, with the keys behind the codes."""
        known = {field.name for field in fields_of(PlanInput)}
        plain = {name: getattr(self, name) for name in PlanIn.model_fields if name in known}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
        many: dict[str, Any] = {target: keys[name] for name, target in MANY.items()}
        return PlanInput(**{**values, **many}, checklist_id=next(iter(keys["checklist"]), None))


class NewPlanIn(PlanIn):
    """A plan to be made for an office."""

    office: str = Field(max_length=24)


class PlanOut(Schema):
    """A plan in a list, with the counts of its tasks."""

    code: str
    office: str = Field(alias="office.code")
    name: str
    service_line: str
    state: str
    frequency: Frequency
    sampling: SamplingMode
    starts_on: date
    ends_on: date | None
    checklist: str | None
    waiting_count: int
    done_count: int
    missed_count: int

    @staticmethod
    def resolve_checklist(plan: InspectionPlan) -> str | None:
        return plan.checklist.code if plan.checklist else None


class RiskRatingOut(Schema):
    """How often one line is looked at in the period that opens on `opens_on`: what was known then, and step by step why."""

    line: str
    opens_on: date
    times: int
    grounds: dict[str, Any]
    trace: list[dict[str, Any]]

    @staticmethod
    def resolve_line(rating: RiskRating) -> str:
        return f"{rating.line.contract.code}/{rating.line.number}"


class CurveOut(Schema):
    """The sampling plan of one class of faults, and how likely a vendor with 10 % bad places passes it."""

    name: str
    lot: int
    n: int
    ac: int
    bad_passes: Decimal


class CoverageOut(Schema):
    """Rounds of a plan: made in time, made late, not inspected, still to be made."""

    in_time: int
    late: int
    missed: int
    waiting: int


class PlanDetailOut(Schema):
    """One plan as it was entered, with what came of it."""

    code: str = Field(alias="plan.code")
    office: str = Field(alias="plan.office.code")
    state: str = Field(alias="plan.state")
    planned_until: date = Field(alias="plan.planned_until")
    rules: dict[str, Any]
    estates: list[str]
    places: list[str]
    coverage: CoverageOut
    curves: list[CurveOut]
    ratings: list[RiskRatingOut]
    coming: list[str]
    moves: list[str]

    @staticmethod
    def resolve_rules(page: PlanPage) -> dict[str, Any]:
        coded = {*MANY, "checklist"}
        found = {name: getattr(page.plan, name) for name in PlanIn.model_fields if name not in coded}
        return {**found, "checklist": page.plan.checklist.code if page.plan.checklist else ""}

    @staticmethod
    def resolve_estates(page: PlanPage) -> list[str]:
        return [estate.code for estate in page.estates]

    @staticmethod
    def resolve_places(page: PlanPage) -> list[str]:
        return [place.tag for place in page.places]

    @staticmethod
    def resolve_coming(page: PlanPage) -> list[str]:
        return [task.code for task in page.coming]

    @staticmethod
    def resolve_moves(page: PlanPage) -> list[str]:
        return [move.name for move in page.plan.STATES.moves_from(page.plan.state) if move.permission and page.can_edit]


class MadeOut(Schema):
    """How many tasks were made."""

    made: int


class TaskOut(Schema):
    """A task in a list."""

    code: str
    plan: str | None
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    checklist: str | None
    kind: TaskKind
    state: str
    planned_on: date
    due_on: date
    finished_at: datetime | None
    is_announced: bool
    is_mine: bool
    is_late: bool

    @staticmethod
    def resolve_plan(task: InspectionTask) -> str | None:
        return task.plan.code if task.plan else None

    @staticmethod
    def resolve_checklist(task: InspectionTask) -> str | None:
        return task.checklist.code if task.checklist else None


class LotOut(Schema):
    """The lot of a drawn task: the verdict, or what was found so far, for each class of faults."""

    is_over: bool
    is_accepted: bool | None
    classes: dict[str, dict[str, Any]]


class TaskDetailOut(Schema):
    """One task with its people, places, draw and visits, as far as the reader may see them."""

    task: TaskOut
    inspectors: list[str]
    places: list[str]
    reasons: list[dict[str, Any]] = Field(alias="task.reasons")
    seed: str
    sampling: dict[str, Any]
    needs_checkin: bool = Field(alias="task.needs_checkin")
    checked_in_at: datetime | None = Field(alias="task.checked_in_at")
    note: str = Field(alias="task.note")
    visits: list[str]
    lot: LotOut | None
    moves: list[str]

    @staticmethod
    def resolve_inspectors(page: TaskPage) -> list[str]:
        return [person.username for person in page.inspectors]

    @staticmethod
    def resolve_places(page: TaskPage) -> list[str]:
        return [place.tag for place in page.places]

    @staticmethod
    def resolve_seed(page: TaskPage) -> str:
        return str(page.task.seed) if page.lot or page.places else ""

    @staticmethod
    def resolve_sampling(page: TaskPage) -> dict[str, Any]:
        return page.task.sampling if page.lot or page.places else {}

    @staticmethod
    def resolve_visits(page: TaskPage) -> list[str]:
        return [visit.code for visit in page.visits]

    @staticmethod
    def resolve_lot(page: TaskPage) -> LotPage | None:
        return page.lot

    @staticmethod
    def resolve_moves(page: TaskPage) -> list[str]:
        can = {Code.EDIT: page.can_enter, Code.PLAN: page.can_plan}
        return [
            move.name for move in page.task.STATES.moves_from(page.task.state) if move.permission and can[Code(move.permission)]
        ]


class InspectorsIn(Schema):
    """Who makes a round, by user name; nobody means whoever has the right."""

    inspectors: list[str] = Field(max_length=20)


class TaskNoteIn(Schema):
    """The remark of a finished round, or the reason why one is called off."""

    note: str = Field("", max_length=300)


class CheckIn(Schema):
    """What was found for one item of a task; the place by the code on its wall."""

    item: str = Field(max_length=60)
    place: str = Field("", max_length=24)
    verdict: VerdictWord
    severity: SeverityWord | None = None
    note: str = Field("", max_length=300)


class RoundIn(Schema):
    """Results of a task: the day it was made, and whether they end it."""

    day: date
    note: str = Field("", max_length=300)
    is_finished: bool = False
    checks: list[CheckIn] = Field(min_length=1, max_length=2000)

    def named(self) -> list[Named]:
        """What each check names by code."""
        return [Named(check.item, check.place) for check in self.checks]

    def entry(self, task: InspectionTask, keys: list[tuple[int, int | None]]) -> VisitInput:
        """As the service takes it, with the keys behind the codes."""
        lines = tuple(
            VisitLine(
                item_id=item,
                place_id=place,
                verdict=VERDICTS[check.verdict],
                severity=Grade.of(check.severity) if check.severity else None,
                note=check.note,
            )
            for check, (item, place) in zip(self.checks, keys, strict=True)
        )
        return VisitInput(
            day=self.day,
            task_id=task.pk,
            checklist_id=task.checklist_id,
            is_announced=task.is_announced,
            note=self.note,
            lines=lines,
        )
