"""How far a record made in the field can be believed, with the reasons, and what then counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from duban.kernel.text import mark

MOST = 100


class TrustGrade(StrEnum):
    """From A (nothing speaks against it) to D (look at it before it counts)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


GRADE_LABELS: Mapping[TrustGrade, str] = {
    TrustGrade.A: mark("A · nothing speaks against it"),
    TrustGrade.B: mark("B · small doubts"),
    TrustGrade.C: mark("C · low trust"),
    TrustGrade.D: mark("D · very low trust"),
}
LOW = frozenset({TrustGrade.C, TrustGrade.D})


@dataclass(frozen=True)
class TrustReason:
    """One thing that speaks against a record: its code, how much it weighs, and the figures behind it."""

    code: str
    weight: int
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trust:
    """The grade of one record and what led to it."""

    grade: TrustGrade
    reasons: tuple[TrustReason, ...] = ()

    @property
    def score(self) -> int:
        """The weights added up, at most 100: 0 is best."""
        return min(MOST, sum(reason.weight for reason in self.reasons))


class Decision(StrEnum):
    """What a person said of a doubtful record, if anybody did."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Floors:
    """The worst grade that still counts by itself, for the score and for money.

    `is_dropped` says that what lies below does not count and asks nobody; otherwise it waits for a person.
    """

    score: TrustGrade = TrustGrade.D
    money: TrustGrade = TrustGrade.D
    is_dropped: bool = False


@dataclass(frozen=True)
class Standing:
    """What a record counts for at this moment."""

    score: bool = True
    money: bool = True

    @property
    def is_full(self) -> bool:
        """Whether it counts for everything."""
        return self.score and self.money


def standing(grade: TrustGrade, floors: Floors, decision: Decision = Decision.OPEN) -> Standing:
    """What a record counts for: what a person decided, else what its grade allows."""
    if decision is not Decision.OPEN:
        return Standing(decision is Decision.ACCEPTED, decision is Decision.ACCEPTED)
    return Standing(grade <= floors.score, grade <= floors.money)


def needs_review(grade: TrustGrade, floors: Floors) -> bool:
    """Whether a record goes to the review queue: its grade is low, or below what counts by itself."""
    return grade in LOW or not standing(grade, floors).is_full
