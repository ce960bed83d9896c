"""Facts that settlement announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementSent:
    """A statement went to the vendor; its window for appeals runs."""

    statement: str
    contract: str
    period: str


@dataclass(frozen=True)
class StatementConfirmed:
    """Both sides agree on the amount (or silence confirmed it): the payment clock starts."""

    statement: str
    contract: str
    period: str
    by_silence: bool


@dataclass(frozen=True)
class LineAppealed:
    """The vendor appealed one line of a statement."""

    statement: str
    line: str


@dataclass(frozen=True)
class AppealDecided:
    """An appeal was upheld or rejected."""

    statement: str
    line: str
    is_upheld: bool


@dataclass(frozen=True)
class WorkCountEntered:
    """A quantity was entered or corrected; the other side has to confirm or dispute it."""

    count: str


@dataclass(frozen=True)
class WorkCountDisputed:
    """The other side does not agree with a quantity."""

    count: str
