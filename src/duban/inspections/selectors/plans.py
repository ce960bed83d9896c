"""Inspection plans for the pages and other systems; never for vendors."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.estates.models import Estate, Place
from duban.inspections.domain.acceptance import Point, curve, pass_probability
from duban.inspections.domain.planning import span_of
from duban.inspections.domain.plans import Frequency, Span
from duban.inspections.domain.states import RUNNING
from duban.inspections.models import InspectionPlan, InspectionTask, RiskRating
from duban.inspections.permissions import Code
from duban.inspections.selectors.results import shown_history
from duban.inspections.selectors.tasks import task_list
from duban.kernel.actor import Actor
from duban.platform.records import get_by_code
from duban.platform.ui.components import TimelineEntry
from duban.standards.models import Checklist

FRACTIONS = tuple(Decimal(percent) / 100 for percent in range(31))
BAD = Decimal("0.1")
SHOWN, MOST_RATINGS = 12, 60


@dataclass(frozen=True)
class ClassCurve:
    """One class of faults of a drawn round: its plan, its curve, and how likely a vendor with 10 % bad places passes."""

    name: str
    lot: int
    n: int
    ac: int
    points: tuple[Point, ...]
    bad_passes: Decimal


@dataclass(frozen=True)
class Coverage:
    """Rounds of a plan whose time is over: made in time, made late, not inspected; and those still to be made."""

    in_time: int
    late: int
    missed: int
    waiting: int


@dataclass(frozen=True)
class PlanPage:
    """What the page of a plan shows."""

    plan: InspectionPlan
    estates: tuple[Estate, ...]
    lines: int
    places: tuple[Place, ...]
    coverage: Coverage
    coming: tuple[InspectionTask, ...]
    past: tuple[InspectionTask, ...]
    curves: tuple[ClassCurve, ...]
    ratings: tuple[RiskRating, ...]
    timeline: tuple[TimelineEntry, ...]
    can_edit: bool


def plan_list(actor: Actor) -> "QuerySet[InspectionPlan]":
    """Plans of the actor's offices with the counts of their tasks; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    rows = InspectionPlan.objects.for_actor(actor).select_related("office", "checklist")
    return rows.annotate(
        waiting_count=Count("tasks", filter=Q(tasks__state__in=RUNNING)),
        done_count=Count("tasks", filter=Q(tasks__state="done")),
        missed_count=Count("tasks", filter=Q(tasks__state="missed")),
    )


def plan_get(actor: Actor, code: str) -> InspectionPlan:
    """One plan of the actor's scope, or `NotFound`."""
    return get_by_code(plan_list(actor), code)


def plan_to_edit(actor: Actor, code: str) -> InspectionPlan:
    """One plan the actor may change, or `NotFound` where it is not even seen; `NotAllowed` without the right."""
    plan = plan_get(actor, code)
    actor.require(Code.PLAN, plan.office.path)
    return plan


def plan_page(actor: Actor, plan: InspectionPlan) -> PlanPage:
    """Everything the page shows: a fixed number of statements."""
    today = timezone.localdate()
    tasks = task_list(actor).filter(plan=plan)
    coming = tuple(tasks.filter(due_on__gte=today).exclude(state="cancelled").order_by("planned_on", "pk")[:SHOWN])
    past = tuple(tasks.filter(due_on__lt=today).exclude(state="cancelled").order_by("-due_on", "-pk")[:SHOWN])
    return PlanPage(
        plan=plan,
        estates=tuple(plan.estates.order_by("name")),
        lines=plan.lines.count(),
        places=tuple(plan.places.order_by("path", "pk")),
        coverage=_coverage(plan),
        coming=coming,
        past=past,
        curves=curves_of((*coming, *past)),
        ratings=ratings_now(plan, today),
        timeline=shown_history(actor, plan),
        can_edit=actor.can(Code.PLAN, plan.office.path),
    )


def ratings_now(plan: InspectionPlan, today: date) -> tuple[RiskRating, ...]:
    """How often each line is looked at in the period of today, the most often first; nothing where the plan is not by risk."""
    if plan.frequency != Frequency.RISK:
        return ()
    opens = span_of(Span(plan.span), today)[0]
    rows = RiskRating.objects.filter(plan=plan, opens_on__gte=opens).order_by("opens_on", "-times", "line")
    return tuple(rows.select_related("line__estate", "line__contract__vendor")[:MOST_RATINGS])


def curves_of(tasks: tuple[InspectionTask, ...]) -> tuple[ClassCurve, ...]:
    """The operating characteristics of the largest lot drawn by acceptance sampling; nothing if none was."""
    drawn = [task.sampling for task in tasks if "classes" in task.sampling]
    if not drawn:
        return ()
    largest = max(drawn, key=lambda sampling: int(sampling["lot"]))
    return tuple(_curve(name, int(largest["lot"]), found["n"], found["ac"]) for name, found in largest["classes"].items())


def _curve(name: str, lot: int, n: int, ac: int) -> ClassCurve:
    return ClassCurve(name, lot, n, ac, curve(n, ac, FRACTIONS), pass_probability(n, ac, BAD))


def _coverage(plan: InspectionPlan) -> Coverage:
    late = Q(state="done", finished_on__gt=F("due_on"))
    found = InspectionTask.objects.filter(plan=plan).aggregate(
        late=Count("pk", filter=late),
        done=Count("pk", filter=Q(state="done")),
        missed=Count("pk", filter=Q(state="missed")),
        waiting=Count("pk", filter=Q(state__in=RUNNING)),
    )
    return Coverage(found["done"] - found["late"], found["late"], found["missed"], found["waiting"])


def checklists_to_plan(actor: Actor) -> "QuerySet[Checklist]":
    """Checklists a plan may use, by service line."""
    rows = Checklist.objects.for_actor(actor).exclude(standard__state__in=("draft", "withdrawn"))
    return rows.select_related("standard").order_by("standard__service_line", "name", "id")


def lines_to_plan(actor: Actor) -> "QuerySet[ContractLine]":
    """Contract lines a plan may be narrowed to."""
    rows = ContractLine.objects.for_actor(actor).select_related("estate", "contract__vendor")
    return rows.order_by("estate__name", "service_line", "id")


def places_by_tag(actor: Actor, tags: Collection[str]) -> dict[str, int]:
    """Keys of the places with these codes on the wall, as far as the actor knows them."""
    return dict(Place.objects.for_actor(actor).filter(tag__in=tags).values_list("tag", "pk"))
