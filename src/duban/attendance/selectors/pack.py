"""What phones carry of posts, rosters and patrols."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from duban.attendance.domain.rosters import Cell
from duban.attendance.domain.routes import round_code
from duban.attendance.domain.slots import Planned, masked
from duban.attendance.models import Assignment, Route, Slot
from duban.attendance.permissions import Code, can_roster
from duban.attendance.selectors.punching import circle_of, line_on
from duban.contracts.models import ContractLine
from duban.estates.domain.posts import ShiftTime
from duban.estates.models import Post
from duban.estates.selectors.phones import carried_places, degrees
from duban.estates.selectors.records import posts_at
from duban.kernel.actor import Actor
from duban.platform.scope import within

DAY = timedelta(days=1)
AHEAD = timedelta(days=2)
MOST_POSTS = 200
VENDOR = "contract__vendor__unit__path"
WITH_PATHS = ("estate__office", "contract__office", "contract__vendor__unit")
PLANNED_STATES = {Planned.REST: "off", Planned.LEAVE: "off", Planned.MARKED_VACANT: "vacant"}


@dataclass(frozen=True)
class _Manned:
    """A post and the lines that pay for it, newest first."""

    post: Post
    lines: tuple[ContractLine, ...]


def pack_posts(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Posts the person may stand on or look after: those of whoever makes the rosters, those of the lines a worker is rostered
    on, those of an estate one is in charge of; two queries.
    """
    return [_post(manned.post) for manned in _posts(actor, today)]


def pack_slots(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Their shifts from last night's to those of the day after tomorrow, with who is rostered; four queries.

    `worker` names whom this phone may check in besides its owner; where it is empty the owner stands in.
    """
    manned = _posts(actor, today)
    keys = [one.post.pk for one in manned]
    days = (today - DAY, today + AHEAD)
    placed = {
        (row.post_id, row.day, row.shift): row
        for row in Assignment.objects.filter(
            post__in=keys, day__range=days, roster__published_at__isnull=False, roster__line__in=_lines(actor, today)
        ).select_related("worker")
    }
    slots = Slot.objects.filter(post__in=keys, day__range=days).values_list("post_id", "day", "shift", "state")
    states: dict[Cell, str] = {(post, day, shift): state for post, day, shift, state in slots}
    return [
        _slot(actor, manned, line, day, shift, placed.get(cell), states.get(cell))
        for manned in manned
        for line, day, shift in _shifts(manned, today)
        for cell in [(manned.post.pk, day, shift.shift)]
    ]


def pack_routes(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Patrol rounds from last night's to tomorrow noon of the routes the person walks, one entry a round; three queries."""
    begins, ends = _midnight(today), _midnight(today + DAY) + timedelta(hours=12)
    rounds = [
        (start, route, day, number)
        for route in _routes(actor, today)
        for day in (today - DAY, today, today + DAY)
        if line_on([route.line], day) is not None
        for number, start in _starts(route, day)
    ]
    return [
        _round(route, day, number, start)
        for start, route, day, number in sorted(rounds, key=lambda one: (one[0], one[1].pk))
        if start < ends and start + _length(route) > begins
    ]


def pack_places(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Places of those posts and routes, whose codes are scanned there; eight queries."""
    posts = {one.post.place_id for one in _posts(actor, today) if one.post.place_id is not None}
    points = {point.place_id for route in _routes(actor, today) for point in route.points.all()}
    return carried_places(posts | points)


def _lines(actor: Actor, today: date) -> Any:
    """Keys of the contract lines the phone is about, as a subquery."""
    standing = Assignment.objects.filter(
        worker__person=actor.person_id,
        roster__published_at__isnull=False,
        day__range=(today - DAY, today + 7 * DAY),
    )
    own = within(VENDOR, actor.vendor_paths(Code.PUNCH)) & Q(pk__in=standing.values("roster__line"))
    charge = Q(estate__office__path__in=actor.office_paths(Code.EDIT))
    running = ContractLine.objects.performed_between(today - DAY, today + AHEAD)
    return running.filter(within(VENDOR, actor.vendor_paths(Code.ROSTER)) | own | charge)


def _posts(actor: Actor, today: date) -> list[_Manned]:
    lines = _lines(actor, today).select_related(*WITH_PATHS).order_by("estate__name", "service_line", "-starts_on", "-id")
    by_key: dict[tuple[int, str], list[ContractLine]] = {}
    for line in lines:
        by_key.setdefault((line.estate_id, line.service_line), []).append(line)
    posts = posts_at(by_key)
    return [_Manned(post, tuple(own)) for key, own in by_key.items() for post in posts.get(key, ())][:MOST_POSTS]


def _shifts(manned: _Manned, today: date) -> Iterator[tuple[ContractLine, date, ShiftTime]]:
    """Every shift of a post that the phone carries: of yesterday only those past midnight."""
    for number in range(-1, AHEAD.days + 1):
        day = today + number * DAY
        line = line_on(manned.lines, day)
        if line is not None:
            yield from ((line, day, shift) for shift in manned.post.shifts if shift.ends_at(day).date() >= today)


def _slot(
    actor: Actor, manned: _Manned, line: ContractLine, day: date, shift: ShiftTime, cell: Assignment | None, state: str | None
) -> dict[str, Any]:
    worker = cell.worker if cell else None
    is_own = worker is not None and worker.person_id is not None and worker.person_id == actor.person_id
    may_name = worker is not None and (is_own or can_roster(actor, line))
    name = worker.name if worker else ""
    return {
        "post": manned.post.code,
        "day": day.isoformat(),
        "shift": shift.shift,
        "starts_at": _moment(shift.starts_at(day)),
        "ends_at": _moment(shift.ends_at(day)),
        "rostered": name if may_name else masked(name),
        "worker": worker.code if worker and may_name else None,
        "state": state or (PLANNED_STATES.get(Planned(cell.planned), "planned") if cell else "planned"),
    }


def _post(post: Post) -> dict[str, Any]:
    circle = circle_of(post)
    return {
        "code": post.code,
        "name": post.name,
        "estate": post.estate.code,
        "estate_name": post.estate.short_name or post.estate.name,
        "service_line": post.service_line,
        "place": post.place.tag if post.place else None,
        "fence": post.fence,
        "lat": degrees(circle.centre.latitude) if circle.centre else None,
        "lon": degrees(circle.centre.longitude) if circle.centre else None,
        "radius_m": circle.radius,
        "heads": f"{post.heads.normalize():f}",
    }


def _routes(actor: Actor, today: date) -> Iterable[Route]:
    own = within("line__" + VENDOR, actor.vendor_paths(Code.PUNCH))
    rows = Route.objects.filter(own, is_active=True, line__in=_lines(actor, today)).select_related(
        "line__estate", "line__contract"
    )
    return rows.prefetch_related("points__place").order_by("pk")


def _starts(route: Route, day: date) -> Iterator[tuple[int, datetime]]:
    if route.points.all():
        for number, start in enumerate(sorted(route.starts), 1):
            yield number, timezone.make_aware(datetime.combine(day, time.fromisoformat(start)))


def _length(route: Route) -> timedelta:
    return timedelta(minutes=max(point.closes_minute for point in route.points.all()))


def _round(route: Route, day: date, number: int, start: datetime) -> dict[str, Any]:
    minute = timedelta(minutes=1)
    return {
        "code": round_code(route.code, day, number),
        "name": f"{route.name} {timezone.localtime(start):%H:%M}",
        "estate": route.line.estate.code,
        "estate_name": route.line.estate.short_name or route.line.estate.name,
        "day": day.isoformat(),
        "points": [
            {
                "place": point.place.tag,
                "order": point.order,
                "window_from": (start + point.opens_minute * minute).isoformat(),
                "window_to": (start + point.closes_minute * minute).isoformat(),
            }
            for point in route.points.all()
        ],
    }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _moment(naive: datetime) -> str:
    return timezone.make_aware(naive).isoformat()
