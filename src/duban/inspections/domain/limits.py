"""Times that run over findings: by when to put right, after how long somebody higher is told. Defaults, not law."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from duban.inspections.domain.verdicts import Grade
from duban.kernel.text import mark

LEVELS = (1, 2, 3, 4)
MOST_HOURS = 24 * 60
MOST_DAYS = 90


class Unit(StrEnum):
    """What a limit counts."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"


class Subject(StrEnum):
    """What a limit is about."""

    MINOR = "rectify.minor"
    MAJOR = "rectify.major"
    CRITICAL = "rectify.critical"
    OVERDUE_1 = "overdue.1"
    OVERDUE_2 = "overdue.2"
    OVERDUE_3 = "overdue.3"
    OVERDUE_4 = "overdue.4"
    REOPENED_1 = "reopened.1"
    REOPENED_2 = "reopened.2"
    REOPENED_3 = "reopened.3"
    REOPENED_4 = "reopened.4"

    @property
    def label(self) -> str:
        """English source text."""
        return SUBJECT_LABELS[self]

    @property
    def takes_working_days(self) -> bool:
        """Whether it may be counted in working days: the ladder counts hours only."""
        return self in RECTIFY.values()


UNIT_LABELS: Mapping[Unit, str] = {Unit.HOURS: mark("hours"), Unit.WORKING_DAYS: mark("working days")}
SUBJECT_LABELS: Mapping[Subject, str] = {
    Subject.MINOR: mark("Put right: minor"),
    Subject.MAJOR: mark("Put right: major"),
    Subject.CRITICAL: mark("Put right: critical"),
    Subject.OVERDUE_1: mark("Overdue: to the vendor's foreman after"),
    Subject.OVERDUE_2: mark("Overdue: to the vendor's manager after"),
    Subject.OVERDUE_3: mark("Overdue: to the estate manager after"),
    Subject.OVERDUE_4: mark("Overdue: to the city manager after"),
    Subject.REOPENED_1: mark("Reopened: to the vendor's foreman after"),
    Subject.REOPENED_2: mark("Reopened: to the vendor's manager after"),
    Subject.REOPENED_3: mark("Reopened: to the estate manager after"),
    Subject.REOPENED_4: mark("Reopened: to the city manager after"),
}
RECTIFY: Mapping[Grade, Subject] = {
    Grade.MINOR: Subject.MINOR,
    Grade.MAJOR: Subject.MAJOR,
    Grade.CRITICAL: Subject.CRITICAL,
}
OVERDUE = (Subject.OVERDUE_1, Subject.OVERDUE_2, Subject.OVERDUE_3, Subject.OVERDUE_4)
REOPENED = (Subject.REOPENED_1, Subject.REOPENED_2, Subject.REOPENED_3, Subject.REOPENED_4)


@dataclass(frozen=True)
class Limit:
    """One limit as it stands: how much of what, when the last working day ends, and who says so.

    `confidence` is that of the source, as in the register of dated parameters; `setter` names the office or contract
    that changed the default.
    """

    subject: Subject
    amount: int
    unit: Unit
    source: str
    ends_at: time = time(18)
    confidence: str = "G"
    setter: str = ""


Limits = Mapping[Subject, Limit]


@dataclass(frozen=True)
class OwnLimit:
    """A limit somebody set: for one contract, or for an office and all below it that set none."""

    limit: Limit
    contract_id: int | None = None
    office_path: str = ""


def limits_for(shipped: Limits, own: Iterable[OwnLimit], *, contract_id: int, office_path: str) -> Limits:
    """The limits that hold for one contract line: the contract's own, else the nearest office's, else the shipped ones."""
    found: dict[Subject, tuple[int, Limit]] = {subject: (-1, limit) for subject, limit in shipped.items()}
    for entry in own:
        if entry.contract_id is not None:
            rank = len(office_path) + 1 if entry.contract_id == contract_id else -2
        else:
            rank = len(entry.office_path) if office_path.startswith(entry.office_path) else -2
        if rank > found[entry.limit.subject][0]:
            found[entry.limit.subject] = (rank, entry.limit)
    return {subject: limit for subject, (_, limit) in found.items()}


def ladder_hours(limits: Limits, subjects: Sequence[Subject]) -> tuple[int, ...]:
    """The hours of one ladder in the order of its levels."""
    return tuple(limits[subject].amount for subject in subjects)
