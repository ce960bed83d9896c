"""Patrol rounds (巡更): which points were reached in time, late, never, or at a pace no one can walk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby, pairwise

from duban.kernel.states import Tone
from duban.kernel.text import mark

FASTEST = 2.5
"""Metres a second; a guard who checks what he passes walks 1.2."""
SHORTEST_SECONDS = 20
"""Between two points whose distance is not known."""
RUN = 3


class PointState(StrEnum):
    """What became of one point of a round."""

    ON_TIME = "on_time"
    LATE = "late"
    EARLY = "early"
    SKIPPED = "skipped"
    BUNCHED = "bunched"
    PENDING = "pending"


POINT_LABELS: Mapping[PointState, str] = {
    PointState.ON_TIME: mark("In time"),
    PointState.LATE: mark("Too late"),
    PointState.EARLY: mark("Too early"),
    PointState.SKIPPED: mark("Skipped"),
    PointState.BUNCHED: mark("Scanned too fast"),
    PointState.PENDING: mark("To come"),
}
POINT_TONES: Mapping[PointState, Tone] = {
    PointState.ON_TIME: Tone.GOOD,
    PointState.LATE: Tone.WARNING,
    PointState.EARLY: Tone.WARNING,
    PointState.SKIPPED: Tone.BAD,
    PointState.BUNCHED: Tone.BAD,
    PointState.PENDING: Tone.NEUTRAL,
}


@dataclass(frozen=True)
class RoundPoint:
    """One point of a round: its key, its place in the order, its window, and metres from the point before if known."""

    key: int
    order: int
    opens: datetime
    closes: datetime
    metres: int | None = None


@dataclass(frozen=True)
class Scan:
    """One scan of a point's code."""

    key: int
    at: datetime


@dataclass(frozen=True)
class PointOutcome:
    """One point after the round; `seconds` since the scan before it."""

    point: RoundPoint
    state: PointState
    at: datetime | None = None
    seconds: int | None = None
    is_out_of_order: bool = False


@dataclass(frozen=True)
class RoundOutcome:
    """A round: its points in order, and the longest run of neighbouring points that were skipped."""

    points: tuple[PointOutcome, ...]
    longest_gap: int

    def count(self, *states: PointState) -> int:
        """How many points are in one of the states."""
        return sum(1 for point in self.points if point.state in states)

    @property
    def scanned(self) -> int:
        """How many points were scanned, in time or not."""
        return sum(1 for point in self.points if point.at is not None)

    @property
    def is_concentrated(self) -> bool:
        """Whether skipped points lie together (漏点集中): three neighbours or more."""
        return self.longest_gap >= RUN


def judge_round(points: Sequence[RoundPoint], scans: Sequence[Scan], *, is_ordered: bool, now: datetime) -> RoundOutcome:
    """Judge one round. Of several scans of a point the first inside its window counts, else the first.

    Neighbouring scans that no one can have walked between (faster than 2.5 m/s, or under 20 s where the distance is not known)
    make the later one bunched, which does not count as in time. A point without a scan is pending until its window closes.
    """
    chosen = {point.key: _chosen(point, scans) for point in points}
    outcomes = {point.key: _outcome(point, chosen[point.key], now) for point in points}
    walked = sorted((at, point.order, point.key) for point in points if (at := chosen[point.key]) is not None)
    for (before_at, _order, before), (after_at, _next, after) in pairwise(walked):
        seconds = int((after_at - before_at).total_seconds())
        outcomes[after] = _paced(outcomes[before].point, outcomes[after], seconds, is_ordered=is_ordered)
    ordered = tuple(outcomes[point.key] for point in sorted(points, key=lambda one: one.order))
    runs = [len(list(group)) for skipped, group in groupby(ordered, lambda one: one.state is PointState.SKIPPED) if skipped]
    return RoundOutcome(ordered, max(runs, default=0))


def _chosen(point: RoundPoint, scans: Sequence[Scan]) -> datetime | None:
    own = sorted(scan.at for scan in scans if scan.key == point.key)
    inside = [at for at in own if point.opens <= at <= point.closes]
    return next(iter(inside or own), None)


def _outcome(point: RoundPoint, at: datetime | None, now: datetime) -> PointOutcome:
    if at is None:
        return PointOutcome(point, PointState.PENDING if now <= point.closes else PointState.SKIPPED)
    if at < point.opens:
        return PointOutcome(point, PointState.EARLY, at)
    return PointOutcome(point, PointState.ON_TIME if at <= point.closes else PointState.LATE, at)


def _paced(before: RoundPoint, after: PointOutcome, seconds: int, *, is_ordered: bool) -> PointOutcome:
    metres = after.point.metres if after.point.order == before.order + 1 else None
    needed = max(SHORTEST_SECONDS, metres / FASTEST) if metres is not None else SHORTEST_SECONDS
    state = PointState.BUNCHED if seconds < needed else after.state
    return replace(after, state=state, seconds=seconds, is_out_of_order=is_ordered and after.point.order < before.order)
