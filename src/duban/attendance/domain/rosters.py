"""What is wrong with a roster: one person on two posts at once, double shifts, hours over the law, missing credentials."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from duban.attendance.domain.slots import Planned
from duban.estates.domain.staffing import WorkingTime
from duban.kernel.text import mark

DAY_LIMIT = Decimal(12)
"""Hours of one person within 24 hours from the beginning of a shift; more is a double shift."""


class Conflict(StrEnum):
    """What may be wrong."""

    TWO_POSTS = "two_posts"
    DOUBLE_SHIFT = "double_shift"
    OVER_HOURS = "over_hours"
    NO_CREDENTIAL = "no_credential"


CONFLICT_LABELS: Mapping[Conflict, str] = {
    Conflict.TWO_POSTS: mark("On two posts at once"),
    Conflict.DOUBLE_SHIFT: mark("Double shift: more than 12 hours within a day"),
    Conflict.OVER_HOURS: mark("More than the lawful 201.36 hours in the month (165.36 + 36 of overtime)"),
    Conflict.NO_CREDENTIAL: mark("A credential is missing on that day"),
}

PLAN_LABELS: Mapping[Planned, str] = {
    Planned.BLANK: mark("Not planned"),
    Planned.REST: mark("Rest"),
    Planned.LEAVE: mark("Leave"),
    Planned.WORK: mark("On duty"),
    Planned.MARKED_VACANT: mark("Left vacant"),
}

Cell = tuple[int, date, str]


@dataclass(frozen=True)
class Entry:
    """One person on one post in one shift; `cell` is post, day and shift, times are local."""

    cell: Cell
    post: str
    worker: int
    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> Decimal:
        """Length of the shift."""
        return Decimal((self.ends_at - self.starts_at) // timedelta(minutes=1)) / 60


@dataclass(frozen=True)
class Found:
    """One conflict at one cell; `detail` names the other post, the hours, or the credential."""

    conflict: Conflict
    cell: Cell
    worker: int
    detail: str


def conflicts_of(
    entries: Iterable[Entry],
    missing: Mapping[tuple[int, date], Sequence[str]] | None = None,
    *,
    time: WorkingTime | None = None,
) -> list[Found]:
    """Every conflict of a roster in order of cell. `missing` names the credentials a person lacks on a day."""
    by_worker: dict[int, list[Entry]] = {}
    lacks = missing or {}
    found: list[Found] = []
    for entry in sorted(entries, key=lambda one: (one.worker, one.starts_at, one.cell)):
        by_worker.setdefault(entry.worker, []).append(entry)
        names = lacks.get((entry.worker, entry.cell[1]), ())
        found += [Found(Conflict.NO_CREDENTIAL, entry.cell, entry.worker, name) for name in names]
    limits = time or WorkingTime()
    for own in by_worker.values():
        found += [*_at_once(own), *_doubled(own), *_over(own, limits)]
    return sorted(found, key=lambda one: (one.cell[1], one.cell[0], one.cell[2], one.conflict, one.detail))


def crews_of(entries: Iterable[Entry], first: date, last: date) -> dict[int, Decimal]:
    """How many people stand on each post from `first` to `last`, two places, half up.

    Who also stands elsewhere counts on each post by the share of the hours, so that the sum is the number of people.
    """
    hours: dict[int, dict[int, Decimal]] = {}
    for entry in entries:
        if first <= entry.cell[1] <= last:
            own = hours.setdefault(entry.worker, {})
            own[entry.cell[0]] = own.get(entry.cell[0], Decimal(0)) + entry.hours
    crews: dict[int, Decimal] = {}
    for own in hours.values():
        whole = sum(own.values())
        for post, part in own.items():
            crews[post] = crews.get(post, Decimal(0)) + part / whole
    return {post: share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) for post, share in crews.items()}


def _at_once(own: Sequence[Entry]) -> Iterable[Found]:
    for number, entry in enumerate(own):
        for other in own[number + 1 :]:
            if other.starts_at >= entry.ends_at:
                break
            yield Found(Conflict.TWO_POSTS, entry.cell, entry.worker, other.post)
            yield Found(Conflict.TWO_POSTS, other.cell, other.worker, entry.post)


def _doubled(own: Sequence[Entry]) -> Iterable[Found]:
    for before, entry in pairwise(own):
        hours = before.hours + entry.hours
        is_apart = entry.starts_at >= before.ends_at
        if is_apart and entry.starts_at < before.starts_at + timedelta(hours=24) and hours > DAY_LIMIT:
            yield Found(Conflict.DOUBLE_SHIFT, entry.cell, entry.worker, f"{hours.normalize():f} h")


def _over(own: Sequence[Entry], limits: WorkingTime) -> Iterable[Found]:
    """The first shift of each month with which the lawful hours are passed."""
    limit = limits.standard_hours + limits.overtime_limit
    sums: dict[tuple[int, int], Decimal] = {}
    for entry in own:
        month = (entry.cell[1].year, entry.cell[1].month)
        before = sums.get(month, Decimal(0))
        sums[month] = before + entry.hours
        if before <= limit < sums[month]:
            yield Found(Conflict.OVER_HOURS, entry.cell, entry.worker, f"{sums[month].normalize():f} h")
