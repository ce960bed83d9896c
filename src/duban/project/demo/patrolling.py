"""Patrol routes of the demo and how they were walked.

Most well, some late, some skipped, some at a pace nobody can walk, and one point scanned from a copied code at home.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.routes import PointPlan, RoutePlan
from duban.attendance.models import Assignment, PatrolRound, PatrolScan, Route, RoutePoint
from duban.attendance.services.patrols import rounds_judge, rounds_open, route_save
from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.kernel.actor import system_actor
from duban.orgs.selectors import actor_for_person
from duban.platform.imports.statements import insert_rows
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from duban.project.demo.clock import at
from duban.project.demo.company import LAST_DAY
from duban.project.demo.crews import CAPTAIN_ESTATE, CAPTAIN_VENDOR
from duban.project.demo.post_book import DAY_SHIFT, NIGHT_SHIFT
from duban.project.demo.registers import World

SEED = 20261127
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NIGHT = ("夜间巡更", ("22:00", "02:00"), ("东门", "外围道路", "地下车库", "监控室", "中心绿地", "西门", "大堂"))
ROUND_THE_CLOCK = (
    "全天巡查",
    tuple(f"{hour:02d}:00" for hour in range(0, 24, 2)),
    ("东门", "外围道路", "地下车库", "中心绿地", "西门", "1 栋", "2 栋", "3 栋"),
)
"""Name, beginnings and points; the second runs at 翠湖花园 only, so that a round is under way whenever one looks."""
STEP, WINDOW = 12, 30
"""Minutes from one point's window to the next one's, and how long a window is open."""
MANNERS = ((0.05, "late"), (0.04, "skipped"), (0.02, "gap"), (0.025, "hurried"), (0.02, "nobody"))
NAMES = UUID("018f4a2e-7001-7000-8000-000000000000")
COPIED_AT, AWAY = 14, 0.027
"""Hour of the scan that is doubted, and by how many degrees the phone was away from the point."""
CARELESS = 3
"""How many times more often the decaying vendor walks badly."""


@dataclass(frozen=True)
class Walked:
    """One round and the points of its route in order."""

    round: PatrolRound
    points: tuple[RoutePoint, ...]
    person: tuple[int | None, str]
    is_careless: bool


def walk_patrols(world: World) -> int:
    """Draw the routes and tell their rounds up to this moment, once; returns how many rounds there are."""
    today = timezone.localdate()
    if not Route.objects.exists() and today > LAST_DAY:
        with transaction.atomic():
            start = max(today.replace(day=1), LAST_DAY + DAY)
            with at(start - DAY):
                _draw(world)
            for number in range((today - start).days + 1):
                rounds_open(actor=system_actor("/"), day=start + number * DAY)
            _walk(Random(SEED), timezone.now())
            rounds_judge(actor=system_actor("/"), start=start, end=today)
            if today > start:
                _scan_at_home(world, today - DAY)
    return PatrolRound.objects.count()


def _draw(world: World) -> None:
    quality = actor_for_person(world.people["quality"])
    lines = ContractLine.objects.filter(service_line="security").exclude(contract__state="draft")
    for line in lines.select_related("estate__office", "contract__office", "contract__vendor").order_by("pk"):
        places = dict(Place.objects.filter(estate=line.estate, parent=None).values_list("name", "pk"))
        is_captains = (line.contract.vendor.short_name, line.estate.short_name) == (CAPTAIN_VENDOR, CAPTAIN_ESTATE)
        for name, starts, points in (NIGHT, *([ROUND_THE_CLOCK] if is_captains else [])):
            plans = tuple(
                PointPlan(places[place], STEP * number, STEP * number + WINDOW)
                for number, place in enumerate(point for point in points if point in places)
            )
            route_save(actor=quality, line=line, plan=RoutePlan(name, starts, plans, is_ordered=name == NIGHT[0]))


def _walk(random: Random, now: datetime) -> None:
    points: dict[int, list[RoutePoint]] = {}
    for point in RoutePoint.objects.select_related("place").order_by("route_id", "order"):
        points.setdefault(point.route_id, []).append(point)
    guards = _guards()
    rows: list[dict[str, Any]] = []
    rounds = PatrolRound.objects.select_related("route", "line__contract__vendor").filter(starts_at__lte=now)
    for found in rounds.order_by("starts_at", "pk"):
        who = guards.get((found.line_id, *_shift_of(found.starts_at)), (None, ""))
        careless = found.line.contract.vendor.short_name == CAPTAIN_VENDOR
        walked = Walked(found, tuple(points[found.route_id]), who, careless)
        rows += [row for row in _scans(random, walked) if row["at"] <= now]
    insert_rows(PatrolScan, rows)


def _scan_at_home(world: World, day: date) -> None:
    """The captain scans the gate, and within a minute the copied code of a point from three kilometres away."""
    known = RoutePoint.objects.filter(route__name=ROUND_THE_CLOCK[0], place__latitude__isnull=False)
    points = list(known.select_related("place", "route").order_by("route_id", "order")[:2])
    with at(day, COPIED_AT):
        moment = timezone.now()
        sent = []
        for number, (point, seconds) in enumerate(zip(points, (75, 30), strict=False)):
            said: dict[str, object] = {
                "route": point.route.code,
                "point": point.place.tag,
                "method": "typed" if number else "qr",
                "token": point.place.tag,
                "challenge": "",
                "at": (moment - timedelta(seconds=seconds)).isoformat(),
                "position": _position(point.place, AWAY if number else 0),
            }
            key = uuid5(NAMES, f"{point.route.code}/{day}/{number}")
            sent.append(Sent(key, "attendance.patrol", 1, moment, said, digest(canonical(said) or "")))
        captain = actor_for_person(world.people["captain"])
        receive_envelopes(actor=captain, device=str(uuid5(NAMES, "captain")), sent_at=moment, envelopes=sent)


def _position(place: Place, away: float) -> dict[str, object]:
    return {"lat": f"{float(place.latitude or 0) + away:.6f}", "lon": f"{place.longitude:.6f}", "accuracy": 12}


def _guards() -> Mapping[tuple[int, date, bool], tuple[int | None, str]]:
    """Line, day, whether at night → account and name of the first guard on the roster."""
    rows = Assignment.objects.filter(worker__isnull=False, roster__line__service_line="security").order_by("-post_id")
    fields = ("roster__line_id", "day", "shift", "worker__person_id", "worker__name")
    return {(line, day, shift == "night"): (person, name) for line, day, shift, person, name in rows.values_list(*fields)}


def _shift_of(moment: datetime) -> tuple[date, bool]:
    """Whose shift a round falls into: the day the shift began, and whether it is the night's."""
    local = timezone.localtime(moment)
    if local.time() < DAY_SHIFT:
        return local.date() - DAY, True
    return local.date(), local.time() >= NIGHT_SHIFT


def _scans(random: Random, walked: Walked) -> Iterator[dict[str, Any]]:
    manner = _manner(random, walked)
    if manner == "nobody":
        return
    gap = range(2, 5) if manner == "gap" else range(3, 4) if manner == "skipped" else ()
    moment = walked.round.starts_at + random.randint(2, 5) * MINUTE
    for number, point in enumerate(walked.points):
        opens = walked.round.starts_at + point.opens_minute * MINUTE
        if manner == "hurried" and number >= len(walked.points) - 3:
            moment += timedelta(seconds=random.randint(4, 9))
        else:
            moment = max(moment + 3 * MINUTE, opens + timedelta(seconds=random.randint(60, 600)))
        if manner == "late" and number == len(walked.points) - 2:
            moment = walked.round.starts_at + (point.closes_minute + random.randint(2, 9)) * MINUTE
        if number not in gap:
            yield _scan(random, walked, point, moment)


def _manner(random: Random, walked: Walked) -> str:
    number = random.random() / (CARELESS if walked.is_careless else 1)
    for chance, name in MANNERS:
        if number < chance:
            return name
        number -= chance
    return ""


def _scan(random: Random, walked: Walked, point: RoutePoint, moment: datetime) -> dict[str, Any]:
    person, name = walked.person
    return {
        "round_id": walked.round.pk,
        "place_id": point.place_id,
        "person_id": person,
        "name": name,
        "at": moment,
        "received_at": moment + timedelta(seconds=random.randint(3, 9)),
        "latitude": point.place.latitude,
        "longitude": point.place.longitude,
        "trust": "A",
    }
