"""What the API says and takes about audits."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from duban.inspections.domain.audits import Attendee, AuditGrade, AuditInput, FindingInput
from duban.inspections.models import AuditFinding
from duban.inspections.selectors.audits import AuditPage


class AuditIn(Schema):
    """An audit to be planned: people by user name, all else by public code; lines as `contract/number`."""

    title: str = Field(max_length=120)
    objective: str = Field(max_length=1000)
    criteria: str = Field("", max_length=1000)
    starts_on: date
    ends_on: date
    lead: str = Field(max_length=64)
    members: list[str] = Field(default_factory=list, max_length=30)
    units: list[str] = Field(default_factory=list, max_length=50)
    lines: list[str] = Field(default_factory=list, max_length=100)
    standards: list[str] = Field(default_factory=list, max_length=20)
    checklists: list[str] = Field(default_factory=list, max_length=50)

    def codes(self) -> dict[str, list[str]]:
        """Everything named by code, by field."""
        many = {name: getattr(self, name) for name in ("members", "units", "lines", "standards", "checklists")}
        return {"lead": [self.lead], **many}

    def entry(self, keys: dict[str, tuple[int, ...]]) -> AuditInput:
        """As the service takes it, with the keys behind the codes."""
        plain = {name: getattr(self, name) for name in ("title", "objective", "criteria", "starts_on", "ends_on")}
        return AuditInput(
            **plain,
            lead_id=keys["lead"][0],
            member_ids=keys["members"],
            unit_ids=keys["units"],
            line_ids=keys["lines"],
            standard_ids=keys["standards"],
            checklist_ids=keys["checklists"],
        )


class AuditOut(Schema):
    """An audit in a list."""

    code: str
    programme: str = Field(alias="programme.code")
    title: str
    state: str
    starts_on: date
    ends_on: date
    issued_at: datetime | None
    closed_on: date | None
    finding_count: int
    unverified_count: int


class AttendeeIO(Schema):
    """Who sat in a meeting."""

    name: str = Field(max_length=40, min_length=1)
    function: str = Field("", max_length=80)
    organisation: str = Field("", max_length=80)


class MeetingIO(Schema):
    """A meeting of an audit."""

    held_at: datetime
    place: str = Field(max_length=120)
    attendees: list[AttendeeIO] = Field(max_length=60)
    minutes: str = Field(max_length=4000)

    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        people = tuple(Attendee(row.name, row.function, row.organisation) for row in self.attendees)
        return {"held_at": self.held_at, "place": self.place, "minutes": self.minutes, "attendees": people}


class AuditFindingIn(Schema):
    """A finding to be noted; the item by the key in one of the audit's standards, the line as `contract/number`."""

    grade: AuditGrade
    statement: str = Field(max_length=1000)
    evidence: str = Field(max_length=1000)
    criterion: str = Field("", max_length=200)
    item: str = Field("", max_length=60)
    line: str = Field("", max_length=40)
    unit: str = Field("", max_length=24)
    place: str = Field("", max_length=24)
    due_on: date | None = None

    def codes(self) -> dict[str, str]:
        """Everything named by code, by field."""
        return {name: getattr(self, name) for name in ("item", "line", "unit", "place")}

    def entry(self, keys: dict[str, int | None]) -> FindingInput:
        """As the service takes it, with the keys behind the codes."""
        plain = {name: getattr(self, name) for name in ("grade", "statement", "evidence", "criterion", "due_on")}
        return FindingInput(**plain, item_id=keys["item"], line_id=keys["line"], unit_id=keys["unit"], place_id=keys["place"])


class AuditFindingOut(Schema):
    """A finding of an audit with its follow-up."""

    code: str
    audit: str = Field(alias="audit.code")
    number: int
    grade: AuditGrade
    state: str
    statement: str
    evidence: str
    criterion: str
    item: str | None = Field(None, alias="item.key")
    line: str | None
    unit: str | None = Field(None, alias="unit.code")
    place: str | None = Field(None, alias="place.tag")
    due_on: date | None
    cause: str
    correction: str
    action: str
    planned_on: date | None
    answered_at: datetime | None
    done_at: datetime | None
    verified_at: datetime | None
    verified_note: str

    @staticmethod
    def resolve_line(finding: AuditFinding) -> str | None:
        return f"{finding.line.contract.code}/{finding.line.number}" if finding.line else None


class AuditDetailOut(Schema):
    """One audit with its team, scope, meetings and findings, as far as the reader may see them."""

    code: str = Field(alias="audit.code")
    title: str = Field(alias="audit.title")
    state: str = Field(alias="audit.state")
    objective: str = Field(alias="audit.objective")
    criteria: str = Field(alias="audit.criteria")
    conclusion: str = Field(alias="audit.conclusion")
    starts_on: date = Field(alias="audit.starts_on")
    ends_on: date = Field(alias="audit.ends_on")
    lead: str
    lines: list[str]
    units: list[str]
    standards: list[str]
    checklists: list[str]
    meetings: dict[str, MeetingIO]
    findings: list[AuditFindingOut]
    moves: list[str]

    @staticmethod
    def resolve_lines(page: AuditPage) -> list[str]:
        return [f"{line.contract.code}/{line.number}" for line in page.lines]

    @staticmethod
    def resolve_units(page: AuditPage) -> list[str]:
        return [unit.code for unit in page.units]

    @staticmethod
    def resolve_standards(page: AuditPage) -> list[str]:
        return [row.code for row in page.standards]

    @staticmethod
    def resolve_checklists(page: AuditPage) -> list[str]:
        return [row.code for row in page.checklists]

    @staticmethod
    def resolve_meetings(page: AuditPage) -> dict[str, Any]:
        return {
            kind: {
                "held_at": row.held_at,
                "place": row.place,
                "minutes": row.minutes,
                "attendees": [
                    {"name": who.name, "function": who.function, "organisation": who.organisation} for who in row.people
                ],
            }
            for kind, row in page.meetings.items()
        }

    @staticmethod
    def resolve_moves(page: AuditPage) -> list[str]:
        return [move.name for move in page.audit.STATES.moves_from(page.audit.state) if move.permission and page.can_run]


class ProgrammeIn(Schema):
    """The programme of an office for a year."""

    office: str = Field(max_length=24)
    year: int = Field(ge=2020, le=2100)
    objectives: str = Field(max_length=2000)
    risks: str = Field("", max_length=2000)


class ProgrammeOut(Schema):
    """A programme."""

    code: str
    office: str = Field(alias="office.code")
    year: int
    objectives: str
    risks: str


class AuditNoteIn(Schema):
    """The reason of a move, or the conclusion with which a report is issued."""

    note: str = Field("", max_length=2000)


class AnswerIn(Schema):
    """The auditee's answer to a nonconformity."""

    cause: str = Field(max_length=1000)
    correction: str = Field("", max_length=1000)
    action: str = Field(max_length=1000)
    planned_on: date
