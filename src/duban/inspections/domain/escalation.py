"""The ladder: who is told when a finding stays open too long, or comes back (整改升级)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from duban.kernel.text import mark

FOREMAN, VENDOR_MANAGER, ESTATE_MANAGER, CITY_MANAGER = 1, 2, 3, 4
TOP = CITY_MANAGER

LEVEL_LABELS: Mapping[int, str] = {
    0: mark("not escalated"),
    FOREMAN: mark("vendor's foreman"),
    VENDOR_MANAGER: mark("vendor's manager"),
    ESTATE_MANAGER: mark("estate manager"),
    CITY_MANAGER: mark("city manager"),
}
LEVEL_ROLES: Mapping[int, str] = {
    FOREMAN: "vendor_foreman",
    VENDOR_MANAGER: "vendor_manager",
    ESTATE_MANAGER: "estate_manager",
    CITY_MANAGER: "city_manager",
}
"""Level → the role that is told."""


@dataclass(frozen=True)
class Ladder:
    """Hours after which each level is reached, from being overdue and from being reopened; never falling."""

    overdue: Sequence[int]
    reopened: Sequence[int]


@dataclass(frozen=True)
class Standing:
    """What decides about one unsettled finding: since when it is overdue, since when and how often it is reopened."""

    overdue_at: datetime | None
    reopened_at: datetime | None = None
    reopened_count: int = 0
    level: int = 0


def overdue_since(due_at: datetime | None, due_on: date | None, zone: tzinfo) -> datetime | None:
    """The moment from which a finding is overdue: its due time, or the end of its due day where no time was agreed."""
    if due_at is not None or due_on is None:
        return due_at
    return datetime.combine(due_on + timedelta(days=1), time(), tzinfo=zone)


def level_at(standing: Standing, ladder: Ladder, now: datetime) -> int:
    """The level an unsettled finding has reached, 0 to 4; it never sinks while the finding is unsettled.

    A finding that was reopened runs on the ladder of reopening, counted from then, and starts at the level of how often
    it came back: once is the foreman's, twice the manager's. One that never was runs on the ladder of being overdue.
    """
    if standing.reopened_at is not None:
        reached = max(_steps(standing.reopened_at, ladder.reopened, now), min(standing.reopened_count, TOP))
    elif standing.overdue_at is not None:
        reached = _steps(standing.overdue_at, ladder.overdue, now)
    else:
        reached = 0
    return max(standing.level, reached)


def _steps(since: datetime, hours: Sequence[int], now: datetime) -> int:
    return sum(1 for step in hours[:TOP] if now >= since + timedelta(hours=step) and now > since)
