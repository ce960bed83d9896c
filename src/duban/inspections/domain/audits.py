"""Quality audits in the shape of ISO 19011: who may be on a team, what a finding needs, what a report waits for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from duban.kernel.errors import FieldError
from duban.kernel.states import Tone
from duban.kernel.text import mark
from duban.orgs.domain.roles import Role

ANSWERING_FOR = frozenset({Role.ESTATE_MANAGER, Role.CITY_MANAGER})
"""Roles that answer for everything below their unit: whoever holds one audits nothing of it."""

DEALING_WITH = frozenset({Role.PROCUREMENT, Role.FINANCE})
"""Roles that buy from a vendor or pay it: whoever holds one over the contract does not audit the vendor."""

MOST_ATTENDEES = 60
REMIND_BEFORE = timedelta(days=3)
"""So long before the date of an action its owner is reminded."""


class AuditGrade(StrEnum):
    """How a finding of an audit is graded."""

    MAJOR = "major"
    MINOR = "minor"
    OBSERVATION = "observation"
    OPPORTUNITY = "opportunity"
    STRENGTH = "strength"


GRADE_LABELS: Mapping[AuditGrade, str] = {
    AuditGrade.MAJOR: mark("Major nonconformity"),
    AuditGrade.MINOR: mark("Minor nonconformity"),
    AuditGrade.OBSERVATION: mark("Observation"),
    AuditGrade.OPPORTUNITY: mark("Opportunity for improvement"),
    AuditGrade.STRENGTH: mark("Strength"),
}
GRADE_TONES: Mapping[AuditGrade, Tone] = {
    AuditGrade.MAJOR: Tone.BAD,
    AuditGrade.MINOR: Tone.WARNING,
    AuditGrade.OBSERVATION: Tone.WAITING,
    AuditGrade.OPPORTUNITY: Tone.WAITING,
    AuditGrade.STRENGTH: Tone.GOOD,
}
NONCONFORMITIES = frozenset({AuditGrade.MAJOR, AuditGrade.MINOR})
"""Grades that must be answered and followed up until the action is verified as effective."""


class TeamRole(StrEnum):
    """What somebody does on the team of an audit."""

    LEAD = "lead"
    MEMBER = "member"


class MeetingKind(StrEnum):
    """The two meetings that frame the work on site."""

    OPENING = "opening"
    CLOSING = "closing"


MEETING_LABELS: Mapping[MeetingKind, str] = {
    MeetingKind.OPENING: mark("Opening meeting"),
    MeetingKind.CLOSING: mark("Closing meeting"),
}


@dataclass(frozen=True)
class Attendee:
    """Who sat in a meeting: name, function, for whom."""

    name: str
    function: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class HeldRole:
    """A role somebody holds at a unit, as far as independence asks."""

    role: str
    path: str


@dataclass(frozen=True)
class Subject:
    """What is audited, as paths: offices, vendors, and the offices that signed the contracts with those vendors."""

    offices: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AuditInput:
    """An audit as it is planned."""

    title: str
    objective: str
    criteria: str
    starts_on: date
    ends_on: date
    lead_id: int
    member_ids: tuple[int, ...] = ()
    unit_ids: tuple[int, ...] = ()
    line_ids: tuple[int, ...] = ()
    standard_ids: tuple[int, ...] = ()
    checklist_ids: tuple[int, ...] = ()

    @property
    def team_ids(self) -> tuple[int, ...]:
        """Everybody on the team, the lead first, nobody twice."""
        return tuple(dict.fromkeys((self.lead_id, *self.member_ids)))


@dataclass(frozen=True)
class FindingInput:
    """A finding as the team writes it down."""

    grade: AuditGrade
    statement: str
    evidence: str
    criterion: str = ""
    item_id: int | None = None
    line_id: int | None = None
    unit_id: int | None = None
    place_id: int | None = None
    due_on: date | None = None


def conflict(held: Iterable[HeldRole], subject: Subject) -> str:
    """Why somebody with these roles may not audit this, or nothing: nobody audits the own unit or the own vendor.

    A role at the audited office or below it is work inside it. Estate and city managers answer for all below them.
    People of an audited vendor, and those who buy from it or pay it, are no outsiders to it either.
    """
    for role in held:
        if any(role.path.startswith(office) for office in subject.offices):
            return mark("{name} works in the audited office. Nobody audits the own office.")
        if role.role in ANSWERING_FOR and any(office.startswith(role.path) for office in subject.offices):
            return mark("{name} answers for the audited office. Nobody audits the own office.")
        if any(role.path.startswith(vendor) for vendor in subject.vendors):
            return mark("{name} belongs to the audited vendor.")
        if role.role in DEALING_WITH and any(office.startswith(role.path) for office in subject.contracts):
            return mark("{name} buys from the audited vendor or pays it.")
    return ""


def plan_problems(entry: AuditInput, year: int) -> Iterator[FieldError]:
    """What is wrong with a planned audit, field by field."""
    if not entry.title.strip():
        yield FieldError("title", mark("Please name the audit."))
    if not entry.objective.strip():
        yield FieldError("objective", mark("Please say what the audit is to find out."))
    if entry.ends_on < entry.starts_on:
        yield FieldError("ends_on", mark("The last day lies before the first."))
    if entry.starts_on.year != year:
        yield FieldError("starts_on", mark("The audit begins in another year than its programme."))
    if not (entry.unit_ids or entry.line_ids):
        yield FieldError("lines", mark("Choose what is audited: a contract line or an office."))
    if not (entry.standard_ids or entry.checklist_ids or entry.criteria.strip()):
        yield FieldError("criteria", mark("An audit needs criteria: a standard, a checklist, or clauses in words."))


def finding_problems(entry: FindingInput) -> Iterator[FieldError]:
    """What is wrong with a finding, field by field. Only a strength may do without a criterion."""
    if not entry.statement.strip():
        yield FieldError("statement", mark("Please say what was found."))
    if not entry.evidence.strip():
        yield FieldError("evidence", mark("Please say what the finding rests on: records seen, people asked, places visited."))
    if entry.grade is AuditGrade.STRENGTH:
        return
    if not entry.criterion.strip() and entry.item_id is None:
        yield FieldError("criterion", mark("Name the criterion: a clause, or an item of the standard."))
    if entry.grade in NONCONFORMITIES and entry.line_id is None and entry.unit_id is None:
        yield FieldError("line", mark("Somebody must answer a nonconformity: choose the contract line or the office."))
    if entry.grade in NONCONFORMITIES and entry.due_on is None:
        yield FieldError("due_on", mark("Say by when the action must be done."))


def attendees_of(text: str) -> tuple[Attendee, ...]:
    """People from lines such as “周敏，质量经理，华东区域”; Chinese and English commas both part them."""
    rows = [[part.strip() for part in line.replace("，", ",").split(",")] for line in text.splitlines()]
    return tuple(Attendee(row[0][:40], *(part[:80] for part in row[1:3])) for row in rows if row[0])


def attendee_text(attendees: Sequence[Attendee]) -> str:
    """The same people as the lines they were written in."""
    return "\n".join("，".join(part for part in (row.name, row.function, row.organisation) if part) for row in attendees)


def is_overdue(grade: str, state: str, due_on: date | None, today: date) -> bool:
    """Whether an action is late: the auditee still owes it and its day is over."""
    return grade in NONCONFORMITIES and state in OWED and due_on is not None and due_on < today


OWED = frozenset({"open", "answered", "accepted"})
"""States of a finding in which the action is not reported as done yet."""

UNVERIFIED = OWED | {"done"}
"""States of a finding that keep its audit open."""


def by_grade(grades: Collection[str]) -> dict[AuditGrade, int]:
    """How many findings of each grade, the worst first, zeros among them."""
    return {grade: sum(1 for found in grades if found == grade) for grade in AuditGrade}
