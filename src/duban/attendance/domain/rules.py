"""Grace, lateness and free misses (T17): the post says it, else its contract line, else the table."""

from dataclasses import dataclass
from enum import StrEnum

from duban.kernel.text import mark


class Origin(StrEnum):
    """Where a value comes from."""

    POST = "post"
    LINE = "line"
    TABLE = "table"


ORIGIN_LABELS = {
    Origin.POST: mark("said at the post"),
    Origin.LINE: mark("said at the contract line"),
    Origin.TABLE: mark("default (T17)"),
}
TABLE_SOURCE = mark(
    "T17: three missed punches a month are free; up to 30 and up to 60 minutes late are steps of their own, later counts "
    "as absent. The grace minutes are our default; agree them in the contract."
)


@dataclass(frozen=True)
class Wanted:
    """What a post or a line says; `None` leaves it to the next one."""

    grace_minutes: int | None = None
    absent_after_minutes: int | None = None
    free_misses: int | None = None


@dataclass(frozen=True)
class Value:
    """One parameter with its origin."""

    number: int
    origin: Origin


@dataclass(frozen=True)
class Rules:
    """The parameters that hold for a post under a line."""

    grace_minutes: Value
    absent_after_minutes: Value
    free_misses: Value


TABLE = {"grace_minutes": 5, "absent_after_minutes": 60, "free_misses": 3}


def rules_of(post: Wanted, line: Wanted) -> Rules:
    """The parameters of a post under a line, each from the first that says it."""
    return Rules(**{name: _first(name, post, line) for name in TABLE})


def _first(name: str, post: Wanted, line: Wanted) -> Value:
    for said, origin in ((post, Origin.POST), (line, Origin.LINE)):
        number = getattr(said, name)
        if number is not None:
            return Value(number, origin)
    return Value(TABLE[name], Origin.TABLE)


DEFAULT_RULES = rules_of(Wanted(), Wanted())
