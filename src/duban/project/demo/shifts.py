"""What happens on a shift of the demo: who comes, how late, how doubtful; the punches that follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from duban.attendance.domain.fences import Point, distance_between
from duban.attendance.domain.slots import Ground, Planned
from duban.attendance.models import Slot
from duban.attendance.selectors.punching import circle_of
from duban.estates.domain.posts import Fence
from duban.project.demo import story
from duban.project.demo.crews import CAPTAIN_VENDOR, Crew, lapsed_on
from duban.vendors.models import Worker

REST_POST, SUNDAY = "大堂保洁岗", 7
GHOST_ESTATE = "海棠里"
METRE = Decimal("0.000009")
FAR, NEAR = 480, 18
DAY = timedelta(days=1)
NIGHT_FACTOR, DAY_FACTOR = 1.8, 0.7
CHANCES = ((0.05, "substitute"), (0.008, "far"), (0.006, "other"), (0.006, "too_late"), (0.02, "late"))


@dataclass(frozen=True)
class Duty:
    """One cell of a roster: whose turn it is, or what stands there instead."""

    crew: Crew
    day: date
    planned: Planned
    worker: Worker | None


@dataclass(frozen=True)
class Told:
    """The moment the demo is built at, the control room whose operator's certificate ran out, the crews of each line."""

    now: datetime
    lapsed: Crew | None
    neighbours: Mapping[int, Sequence[Crew]]


def planned_duty(crew: Crew, day: date, told: Told) -> Duty:
    """What the roster says: nobody with a certificate that ran out, Sundays off in the lobbies of every second line."""
    if crew.post.name == REST_POST and day.isoweekday() == SUNDAY and crew.line.number % 2:
        return Duty(crew, day, Planned.REST, None)
    worker = crew.on(day)
    if crew is told.lapsed and worker is crew.since[-1] and day > lapsed_on(timezone.localdate(told.now)):
        worker = crew.since[0]
    return Duty(crew, day, Planned.WORK, worker)


def clocked(slot: Slot, crew: Crew, neighbours: Sequence[Crew]) -> Iterator[dict[str, Any]]:
    """The punches behind a slot of October, as its time clock kept them."""
    if slot.checkin_at is None:
        return
    worker = crew.on(slot.day)
    if slot.ground == Ground.SUBSTITUTE:
        worker = _other_turn(crew, worker)
    if slot.ground == Ground.OTHER_POST:
        worker = neighbours[0].on(slot.day + DAY)
    slot.actual_name = worker.name if slot.actual_name else ""
    for direction, at in (("in", slot.checkin_at), ("out", slot.checkout_at)):
        if at is not None:
            yield {**_plain(crew, worker, slot.day, direction, at), "method": "sheet"}


def played(random: Random, duty: Duty, told: Told) -> Iterator[dict[str, Any]]:
    """The punches of one duty up to now."""
    worker, far, late = _who(random, duty, told)
    if worker is None:
        return
    shift = duty.crew.post.shifts[0]
    comes = timezone.make_aware(shift.starts_at(duty.day)) + timedelta(minutes=late - random.randint(1, 9))
    goes = timezone.make_aware(shift.ends_at(duty.day)) + timedelta(minutes=random.randint(0, 14))
    reasons = ["outside"] if far else []
    if duty.crew is told.lapsed and duty.day == timezone.localdate(told.now) - 2 * DAY:
        worker, reasons = duty.crew.since[-1], ["no_credential:expired:fire_operator"]
    for direction, at in (("in", comes), ("out", goes)):
        if at <= told.now and (direction == "in" or random.random() > FORGOTTEN):
            yield _scanned(random, _plain(duty.crew, worker, duty.day, direction, at), duty.crew, reasons)


FORGOTTEN = 0.02


def _who(random: Random, duty: Duty, told: Told) -> tuple[Worker | None, bool, int]:
    """Who comes, whether far from the post, how many minutes late."""
    crew, worker = duty.crew, duty.worker
    if worker is None or _is_vacant(random, crew, duty.day):
        return None, False, 0
    what = _event(random)
    other = _other_turn(crew, worker)
    if is_ghost(crew, worker) or (what == "substitute" and not is_ghost(crew, other)):
        return other, False, 0
    if what == "other":
        return _stand_in(crew, duty.day, told.neighbours[crew.line.pk]) or worker, False, 0
    if what == "too_late":
        return worker, False, 75 + random.randrange(60)
    is_far = what == "far" and crew.post.fence == Fence.EXCEPTION
    return worker, is_far, 10 + random.randrange(30) if what == "late" else 0


def _stand_in(crew: Crew, day: date, crews: Sequence[Crew]) -> Worker | None:
    """Somebody of another post who is off that day."""
    free = ((other, other.on(day + DAY)) for other in crews if other is not crew)
    return next((worker for other, worker in free if not is_ghost(other, worker)), None)


def is_ghost(crew: Crew, worker: Worker) -> bool:
    """Somebody who stands on the rosters of 海棠里 and never comes; the others stand in."""
    is_there = (crew.vendor, crew.estate) == (CAPTAIN_VENDOR, GHOST_ESTATE)
    return is_there and crew.post.name == story.EMPTY_POST and worker is crew.since[-1]


def _is_vacant(random: Random, crew: Crew, day: date) -> bool:
    if story.is_habitually_empty(crew.estate, crew.post.name, day):
        return True
    chance = story.vacancy_chance(crew.vendor, story.month_index(day))
    return random.random() < chance * (NIGHT_FACTOR if crew.post.is_night else DAY_FACTOR)


def _event(random: Random) -> str:
    number = random.random()
    for chance, name in CHANCES:
        if number < chance:
            return name
        number -= chance
    return ""


def _other_turn(crew: Crew, worker: Worker) -> Worker:
    turns = crew.since if worker in crew.since else crew.before
    return turns[(turns.index(worker) + 1) % len(turns)]


def _plain(crew: Crew, worker: Worker, day: date, direction: str, at: datetime) -> dict[str, Any]:
    return {
        "line_id": crew.line.pk,
        "post_id": crew.post.pk,
        "worker_id": worker.pk,
        "person_id": worker.person_id,
        "day": day,
        "shift": crew.post.shifts[0].shift,
        "direction": direction,
        "at": at,
        "received_at": at,
        "method": "qr",
        "verdict": "taken",
        "reasons": [],
        "latitude": None,
        "longitude": None,
        "accuracy": None,
        "distance": None,
        "trust": "",
        "device": "",
    }


def _scanned(random: Random, row: dict[str, Any], crew: Crew, reasons: list[str]) -> dict[str, Any]:
    """The same from a phone: where it was, when it arrived, why it is an exception."""
    centre = circle_of(crew.post).centre
    if centre is not None:
        metres = (FAR if "outside" in reasons else NEAR) * Decimal(random.randint(50, 100)) / 100
        point = Point((centre.latitude + METRE * metres).quantize(Decimal("0.000001")), centre.longitude)
        row |= {"latitude": point.latitude, "longitude": point.longitude, "accuracy": random.randint(4, 15)}
        row["distance"] = distance_between(centre, point)
    delay = timedelta(minutes=random.randint(40, 300)) if random.random() < OFFLINE else timedelta(seconds=4)
    row |= {"received_at": row["at"] + delay, "trust": "C" if "outside" in reasons else "A", "reasons": reasons}
    row["verdict"] = "exception" if reasons else "taken"
    return row


OFFLINE = 0.04
