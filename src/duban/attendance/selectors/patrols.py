"""Patrol routes and rounds for pages, facts and the phone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Q, QuerySet, Sum, Value
from django.utils import timezone

from duban.attendance.domain.patrols import RoundOutcome, RoundPoint, Scan, judge_round
from duban.attendance.domain.routes import RoundPlan
from duban.attendance.models import PatrolRound, PatrolScan, Route
from duban.attendance.permissions import Code
from duban.attendance.selectors.trust import counted_scans
from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.occurrence import Occurrence, Severity
from duban.platform.records import get_by_code
from duban.platform.scope import within

FACT = ("metric", "line_id", "day", "numerator", "denominator")
PATROL = "attendance.patrol"
KEY_DIGITS = 18
WITH_LINE = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit")


@dataclass(frozen=True)
class RoundPage:
    """One round with its points as they were walked."""

    round: PatrolRound
    outcome: RoundOutcome
    places: dict[int, str]
    names: dict[int, str]


def routes_of(actor: Actor) -> QuerySet[Route]:
    """Routes the actor may see; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Route.objects.for_actor(actor).select_related(*WITH_LINE).prefetch_related("points__place")


def route_get(actor: Actor, code: str) -> Route:
    """One route of the actor's scope, or `NotFound`."""
    return get_by_code(routes_of(actor), code)


def routes_after(actor: Actor, after: str) -> QuerySet[Route]:
    """Routes in the order in which they were drawn, from the one after code `after`."""
    rows = routes_of(actor).order_by("id")
    return rows.filter(pk__gt=route_get(actor, after).pk) if after else rows


def route_lines(actor: Actor) -> dict[int, ContractLine]:
    """Lines the actor may draw routes for, by key: those of its offices that run today or later."""
    own = within("estate__office__path", actor.office_paths(Code.EDIT)) | within(
        "contract__office__path", actor.office_paths(Code.EDIT)
    )
    lines = ContractLine.objects.filter(own, ends_on__gte=timezone.localdate()).exclude(contract__state="draft")
    found = lines.select_related("estate__office", "contract__office", "contract__vendor__unit")
    return {line.pk: line for line in found.order_by("-service_line", "estate__name", "id")}


def route_places(line: ContractLine) -> list[Place]:
    """Places of the line's estate that may be points, as they lie below one another: one statement."""
    return list(Place.objects.filter(estate_id=line.estate_id).select_related("parent").order_by("path"))


def rounds_of(actor: Actor) -> QuerySet[PatrolRound]:
    """Rounds the actor may see, with route and line."""
    actor.require(Code.VIEW)
    return PatrolRound.objects.for_actor(actor).select_related("route", *WITH_LINE)


def round_get(actor: Actor, code: str) -> PatrolRound:
    """One round by its code (`PR-17`), or `NotFound`."""
    number = code.removeprefix("PR-")
    is_key = number.isdecimal() and len(number) <= KEY_DIGITS
    found = rounds_of(actor).filter(pk=int(number)).first() if is_key else None
    if found is None:
        raise NotFound
    return found


def round_page(found: PatrolRound, now: datetime | None = None) -> RoundPage:
    """What the page of a round shows: two statements besides the round. Doubted points that do not count are left out."""
    scans = list(counted_scans([found.pk]).order_by("at"))
    outcome = judge(found, scans, now=now or timezone.now())
    places = {point.place: point.name for point in RoundPlan.read(found.plan).points}
    return RoundPage(found, outcome, places, {scan.place_id: scan.name for scan in scans})


def judge(found: PatrolRound, scans: Collection[PatrolScan], *, now: datetime) -> RoundOutcome:
    """Judge a round by the route as it was when it was made, from its scans."""
    minute, plan = timedelta(minutes=1), RoundPlan.read(found.plan)
    planned = [
        RoundPoint(
            point.place,
            point.order,
            found.starts_at + point.opens_minute * minute,
            found.starts_at + point.closes_minute * minute,
            point.metres,
        )
        for point in plan.points
    ]
    return judge_round(planned, [Scan(scan.place_id, scan.at) for scan in scans], is_ordered=plan.is_ordered, now=now)


def patrol_facts(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Any, Any]":
    """`attendance.patrol` per line and day: points reached in time over points of rounds that are over."""
    rows = _over(lines, start, end).annotate(metric=Value(PATROL, output_field=CharField()))
    counts = {"numerator": Sum("on_time_count"), "denominator": Sum("point_count")}
    return rows.order_by().values("metric", "line_id", "day").annotate(**counts).values_list(*FACT)


def patrol_occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """Rounds with points that were missed (`missed_patrol`): one each, its quantity the points, by line and day.

    The key tells how: `bunched` (no one can have walked so fast), else `skipped`, else `late`. A bunched or concentrated miss
    is major.
    """
    missed = Q(skipped_count__gt=0) | Q(late_count__gt=0) | Q(bunched_count__gt=0)
    rows = _over(lines, start, end).filter(missed).select_related("route").order_by("line_id", "day", "id")
    for found in rows.iterator(chunk_size=2000):
        key = "bunched" if found.bunched_count else "skipped" if found.skipped_count else "late"
        severity = Severity.MAJOR if found.bunched_count or found.longest_gap >= CONCENTRATED else Severity.MINOR
        yield Occurrence(
            app="attendance",
            code=found.code,
            line_id=found.line_id,
            on=found.day,
            kind="missed_patrol",
            key=key,
            severity=severity.value,
            quantity=Decimal(found.point_count - found.on_time_count),
            label=found.route.name,
            place=found.route.name,
            measure=Decimal(found.point_count - found.on_time_count),
        )


CONCENTRATED = 3


def _over(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[PatrolRound]":
    rows = PatrolRound.objects.filter(day__range=(start, end), is_over=True)
    return rows if lines is None else rows.filter(line_id__in=lines)
