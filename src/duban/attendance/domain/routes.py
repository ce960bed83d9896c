"""What a patrol route asks for, and which of its rounds a scan belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from duban.kernel.errors import FieldError
from duban.kernel.text import mark

BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=60)
MOST_POINTS, MOST_ROUNDS = 60, 24


@dataclass(frozen=True)
class PointPlan:
    """One point of a route: key of its place, its window in minutes after the round begins, metres from the point before.

    Metres are only said where they are not those between the positions of the two places (stairs, a detour).
    """

    place: int
    opens_minute: int
    closes_minute: int
    metres: int | None = None


@dataclass(frozen=True)
class RoutePlan:
    """A route as it is entered; `starts` are the local times at which its rounds begin, points stand in order."""

    name: str
    starts: tuple[str, ...]
    points: tuple[PointPlan, ...]
    is_ordered: bool = True
    is_active: bool = True


@dataclass(frozen=True)
class StopPlan:
    """One point as a round keeps it: its place with tag and name, its place in the order, window, metres."""

    place: int
    tag: str
    name: str
    order: int
    opens_minute: int
    closes_minute: int
    metres: int | None = None


@dataclass(frozen=True)
class RoundPlan:
    """A route as a round keeps it."""

    points: tuple[StopPlan, ...]
    is_ordered: bool = True

    def stored(self) -> dict[str, object]:
        """As it lies in the database."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "RoundPlan":
        """What lies in the database; nothing is a round without points."""
        points = tuple(StopPlan(**point) for point in stored.get("points", ()))
        return cls(points, bool(stored.get("is_ordered", True)))

    def place_of(self, tag: str) -> int | None:
        """Key of the place with this tag, if it is a point."""
        return next((point.place for point in self.points if point.tag == tag), None)


@dataclass(frozen=True)
class Span:
    """A round as it lies in time."""

    key: int
    starts_at: datetime
    ends_at: datetime


def spaced(points: Sequence[PointPlan], *, gap: int, window: int) -> tuple[PointPlan, ...]:
    """The same points with windows of `window` minutes that open `gap` minutes one after the other."""
    return tuple(
        replace(point, opens_minute=number * gap, closes_minute=number * gap + window) for number, point in enumerate(points)
    )


def route_problems(plan: RoutePlan) -> list[FieldError]:
    """What is wrong with a route; nothing if it is sound."""
    found = []
    if not plan.name.strip():
        found.append(FieldError("name", mark("Please give the route a name.")))
    if not plan.starts or len(plan.starts) > MOST_ROUNDS or not all(map(_is_time, plan.starts)):
        found.append(FieldError("starts", mark("Write when the rounds begin, as 22:00 02:00; 1 to 24 times.")))
    if len(set(plan.starts)) < len(plan.starts):
        found.append(FieldError("starts", mark("The same time stands here twice.")))
    points = plan.points
    checks = (
        (not 0 < len(points) <= MOST_POINTS, mark("A route has 1 to 60 points.")),
        (len({point.place for point in points}) < len(points), mark("A place may stand on a route only once.")),
        (
            any(not 0 <= point.opens_minute < point.closes_minute <= MOST_MINUTES for point in points),
            mark("A window closes after it opens, within 12 hours of the beginning."),
        ),
        (
            plan.is_ordered and any(two.opens_minute < one.opens_minute for one, two in pairwise(points)),
            mark("Where the order is strict, no window opens before that of the point before."),
        ),
        (
            any(point.metres is not None and not 0 < point.metres <= MOST_METRES for point in points),
            mark("Metres from the point before lie between 1 and 5000."),
        ),
    )
    return [*found, *(FieldError("points", message) for is_wrong, message in checks if is_wrong)]


MOST_MINUTES, MOST_METRES = 720, 5000


def round_code(route: str, day: date, number: int) -> str:
    """What phones and pages call one round: its route, the day it begins, its number that day (`RT-2026-0001.20261127.2`)."""
    return f"{route}.{day:%Y%m%d}.{number}"


def round_at(moment: datetime, rounds: Iterable[Span]) -> int | None:
    """Key of the round a scan belongs to: the last one that has begun (half an hour before it begins counts), or nothing."""
    near: Sequence[Span] = [one for one in rounds if one.starts_at - BEFORE <= moment <= one.ends_at + AFTER]
    return max(near, key=lambda one: (one.starts_at, one.key)).key if near else None


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("22:00")
