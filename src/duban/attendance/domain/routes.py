"""What a patrol route asks for, and which of its rounds a scan belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from duban.kernel.errors import FieldError
from duban.kernel.text import mark

BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=60)
MOST_POINTS, MOST_ROUNDS = 60, 24


@dataclass(frozen=True)
class PointPlan:
    """One point of a route: key of its place and its window in minutes after the round begins."""

    place: int
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True)
class RoutePlan:
    """A route as it is entered; `starts` are the local times at which its rounds begin, points stand in order."""

    name: str
    starts: tuple[str, ...]
    points: tuple[PointPlan, ...]
    is_ordered: bool = True
    is_active: bool = True


@dataclass(frozen=True)
class Span:
    """A round as it lies in time."""

    key: int
    starts_at: datetime
    ends_at: datetime


def route_problems(plan: RoutePlan) -> list[FieldError]:
    """What is wrong with a route; nothing if it is sound."""
    found = []
    if not plan.name.strip():
        found.append(FieldError("name", mark("Please give the route a name.")))
    if not plan.starts or len(plan.starts) > MOST_ROUNDS or not all(map(_is_time, plan.starts)):
        found.append(FieldError("starts", mark("Write when the rounds begin, as 22:00 02:00; 1 to 24 times.")))
    if len(set(plan.starts)) < len(plan.starts):
        found.append(FieldError("starts", mark("The same time stands here twice.")))
    if not plan.points or len(plan.points) > MOST_POINTS:
        found.append(FieldError("points", mark("A route has 1 to 60 points.")))
    if len({point.place for point in plan.points}) < len(plan.points):
        found.append(FieldError("points", mark("A place may stand on a route only once.")))
    if any(not 0 <= point.opens_minute < point.closes_minute <= MOST_MINUTES for point in plan.points):
        found.append(FieldError("points", mark("A window closes after it opens, within 12 hours of the beginning.")))
    return found


MOST_MINUTES = 720


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
