"""Patrol routes, the rounds of each day, and scans as they arrive."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.fences import Point, code_says, distance_between
from duban.attendance.domain.patrols import PointState
from duban.attendance.domain.routes import RoundPlan, RoutePlan, Span, StopPlan, round_at, route_problems
from duban.attendance.domain.rows import ScanRow
from duban.attendance.models import PatrolRound, PatrolScan, Route, RoutePoint
from duban.attendance.permissions import can_punch, can_set_rules
from duban.attendance.selectors.patrols import judge
from duban.attendance.selectors.trust import counted_scans
from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.platform.imports.statements import insert_rows

COUNTS = ("point_count", "on_time_count", "late_count", "skipped_count", "bunched_count", "longest_gap", "is_over")
DAY = timedelta(days=1)
UNKNOWN_ROUTE = mark("No route of your contracts has this code.")
UNKNOWN_POINT = mark("This place is not a point of the route.")
WRONG_CODE = mark("The scanned code is not that of this point. Scan the code at the point.")
NO_ROUND = mark("No round of this route runs at that time.")


@transaction.atomic
def route_save(*, actor: Actor, line: ContractLine, plan: RoutePlan, route: Route | None = None) -> Route:
    """Enter a route or change it; its points are replaced, and rounds that have not begun are made anew from them.

    Rounds that have begun keep the route as it was. Raises `NotAllowed` for the vendor, `Invalid` if unsound.
    """
    if not can_set_rules(actor, line):
        raise NotAllowed
    places = {
        place.pk: place
        for place in Place.objects.filter(estate_id=line.estate_id, pk__in=[point.place for point in plan.points])
    }
    errors = route_problems(plan)
    if len(places) < len({point.place for point in plan.points}):
        errors.append(FieldError("points", mark("A place of another estate cannot stand on the route.")))
    others = Route.objects.filter(line=line, name=plan.name)
    if (others.exclude(pk=route.pk) if route else others).exists():
        errors.append(FieldError("name", mark("The line has a route of this name already.")))
    if errors:
        raise Invalid(errors=tuple(errors))
    saved = route or Route(line=line)
    with audited(actor=actor, record=saved, action="edit" if route else "create"):
        saved.name, saved.starts = plan.name, list(plan.starts)
        saved.is_ordered, saved.is_active = plan.is_ordered, plan.is_active
        saved.save()
    saved.points.all().delete()
    RoutePoint.objects.bulk_create(_points(saved, plan, places))
    if route is not None:
        PatrolRound.objects.filter(route=saved, starts_at__gt=timezone.now(), scans=None).delete()
    return saved


@transaction.atomic
def rounds_open(*, actor: Actor, day: date, lines: Collection[int] | None = None) -> int:
    """Make the rounds of a day that are not there yet, of every active route under a running line; returns how many."""
    del actor
    running = ContractLine.objects.performed_between(day, day)
    running = running if lines is None else running.filter(pk__in=lines)
    routes = list(Route.objects.filter(is_active=True, line__in=running).prefetch_related("points__place").order_by("pk"))
    there = set(PatrolRound.objects.filter(route__in=routes, day=day).values_list("route_id", "number"))
    rows = [
        row
        for route in routes
        for number, start in enumerate(sorted(route.starts), 1)
        if (route.pk, number) not in there and (row := _round(route, day, number, start)) is not None
    ]
    insert_rows(PatrolRound, rows)
    return len(rows)


@transaction.atomic
def rounds_judge(
    *, actor: Actor, start: date, end: date, now: datetime | None = None, keys: Collection[int] | None = None
) -> int:
    """Judge rounds that have begun anew from their scans; returns how many changed. Announces `EvidenceChanged` for them."""
    del actor
    moment = now or timezone.now()
    rounds = PatrolRound.objects.filter(day__range=(start, end), starts_at__lte=moment)
    rounds = rounds if keys is None else rounds.filter(pk__in=keys)
    found = list(rounds.order_by("pk").select_for_update(of=("self",)))
    scans: dict[int, list[PatrolScan]] = defaultdict(list)
    for scan in counted_scans([one.pk for one in found]):
        scans[scan.round_id].append(scan)
    changed = [one for one in found if _apply(one, scans[one.pk], moment)]
    PatrolRound.objects.bulk_update(changed, list(COUNTS), batch_size=500)
    pairs = {(one.line_id, one.day) for one in changed}
    if pairs:
        announce(EvidenceChanged("attendance", tuple(sorted(pairs))))
    return len(changed)


@transaction.atomic
def scans_record(*, actor: Actor, rows: Sequence[ScanRow]) -> dict[UUID | None, str]:
    """Store scanned points and judge their rounds; returns client id → code of the round. The same client id changes nothing.

    Raises `NotAllowed` for anybody but people of the line's vendor, `Invalid` naming each row that is refused.
    """
    known = _known(rows)
    new = list({row.client_id or number: row for number, row in enumerate(rows) if row.client_id not in known}.values())
    if new:
        values = _scanned(actor, new)
        insert_rows(PatrolScan, values)
        days = [timezone.localdate(row.at) for row in new]
        keys = {value["round_id"] for value in values}
        rounds_judge(actor=actor, start=min(days) - DAY, end=max(days) + DAY, keys=keys)
    return _known(rows)


def _known(rows: Sequence[ScanRow]) -> dict[UUID | None, str]:
    ids = [row.client_id for row in rows if row.client_id is not None]
    scans = PatrolScan.objects.filter(client_id__in=ids).values_list("client_id", "round_id")
    return {client: f"PR-{key}" for client, key in scans}


def _scanned(actor: Actor, rows: Sequence[ScanRow]) -> list[dict[str, Any]]:
    routes = {
        route.code: route
        for route in Route.objects.for_actor(actor)
        .filter(code__in={row.route for row in rows})
        .select_related("line__contract__vendor__unit")
    }
    if any(not can_punch(actor, route.line) for route in routes.values()):
        raise NotAllowed
    days = {timezone.localdate(row.at) for row in rows}
    for day in sorted({one - DAY for one in days} | days):
        rounds_open(actor=actor, day=day, lines=[route.line_id for route in routes.values()])
    near: dict[int, dict[int, PatrolRound]] = defaultdict(dict)
    for one in PatrolRound.objects.filter(
        route__in=[route.pk for route in routes.values()], day__range=(min(days) - DAY, max(days))
    ):
        near[one.route_id][one.pk] = one
    values, errors = [], []
    for number, row in enumerate(rows):
        value = _value(actor, row, routes.get(row.route), near)
        if isinstance(value, FieldError):
            errors.append(FieldError(f"rows.{number}.{value.field}", value.message))
        else:
            values.append(value)
    if errors:
        raise Invalid(errors=tuple(errors[:50]))
    return values


def _value(
    actor: Actor, row: ScanRow, route: Route | None, near: Mapping[int, Mapping[int, PatrolRound]]
) -> dict[str, Any] | FieldError:
    """The round decides which points there are: a phone may have walked a route that was changed meanwhile."""
    if route is None:
        return FieldError("route", UNKNOWN_ROUTE)
    rounds = near.get(route.pk, {})
    key = round_at(row.at, [Span(one.pk, one.starts_at, one.ends_at) for one in rounds.values()])
    if key is None:
        return FieldError("at", NO_ROUND)
    place = RoundPlan.read(rounds[key].plan).place_of(row.point)
    if place is None:
        return FieldError("point", UNKNOWN_POINT)
    if not code_says(row.token, row.point):
        return FieldError("token", WRONG_CODE)
    reading = row.reading
    return {
        "round_id": key,
        "place_id": place,
        "person_id": actor.person_id,
        "name": actor.name[:40],
        "at": row.at,
        "received_at": row.received_at or timezone.now(),
        "method": row.method.value,
        "latitude": reading.point.latitude if reading else None,
        "longitude": reading.point.longitude if reading else None,
        "device": row.device,
        "trust": row.trust,
        "trust_reasons": list(row.trust_reasons),
        "client_id": row.client_id,
    }


def _points(route: Route, plan: RoutePlan, places: Mapping[int, Place]) -> list[RoutePoint]:
    stands = [_stand(places[point.place]) for point in plan.points]
    metres = [None, *(distance_between(one, two) if one and two else None for one, two in pairwise(stands))]
    return [
        RoutePoint(
            route=route,
            place_id=point.place,
            order=number,
            opens_minute=point.opens_minute,
            closes_minute=point.closes_minute,
            metres=point.metres or far,
        )
        for number, (point, far) in enumerate(zip(plan.points, metres, strict=True), 1)
    ]


def _stand(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)


def _round(route: Route, day: date, number: int, start: str) -> dict[str, Any] | None:
    points = list(route.points.all())
    if not points:
        return None
    begins = timezone.make_aware(datetime.combine(day, time.fromisoformat(start)))
    return {
        "route_id": route.pk,
        "line_id": route.line_id,
        "day": day,
        "number": number,
        "starts_at": begins,
        "ends_at": begins + timedelta(minutes=max(point.closes_minute for point in points)),
        "plan": RoundPlan(tuple(_stop(point) for point in points), route.is_ordered).stored(),
        "point_count": len(points),
    }


def _stop(point: RoutePoint) -> StopPlan:
    place = point.place
    return StopPlan(place.pk, place.tag, place.name, point.order, point.opens_minute, point.closes_minute, point.metres)


def _apply(found: PatrolRound, scans: Sequence[PatrolScan], now: datetime) -> bool:
    outcome = judge(found, scans, now=now)
    values = {
        "point_count": len(outcome.points),
        "on_time_count": outcome.count(PointState.ON_TIME),
        "late_count": outcome.count(PointState.LATE, PointState.EARLY),
        "skipped_count": outcome.count(PointState.SKIPPED),
        "bunched_count": outcome.count(PointState.BUNCHED),
        "longest_gap": outcome.longest_gap,
        "is_over": now > found.ends_at,
    }
    if all(getattr(found, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(found, name, value)
    return True
