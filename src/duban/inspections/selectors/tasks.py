"""Inspection tasks for the pages and other systems."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from duban.estates.models import Place
from duban.inspections.domain.states import RUNNING
from duban.inspections.models import InspectionTask, LotVerdict, Visit
from duban.inspections.models.tasks import TASK_PATHS
from duban.inspections.permissions import Code, makes_round, require_maker
from duban.inspections.selectors.lots import counts_of, judged, seen_of
from duban.inspections.selectors.results import shown_history
from duban.inspections.selectors.visits import visit_list
from duban.kernel.actor import Actor
from duban.orgs.models import Person
from duban.orgs.selectors import people_in_role, people_with
from duban.platform.records import get_by_code
from duban.platform.ui.components import TimelineEntry


@dataclass(frozen=True)
class LotPage:
    """The lot of a drawn task: what was decided, or for a round that is not over what was found so far."""

    is_over: bool
    is_accepted: bool | None
    classes: Mapping[str, Mapping[str, Any]]
    """Class of faults → its plan with severity and why, and the counts `inspected` and `faulty`."""


@dataclass(frozen=True)
class TaskPage:
    """What the page of a task shows; names and places are for our own people."""

    task: InspectionTask
    inspectors: tuple[Person, ...]
    places: tuple[Place, ...]
    visits: tuple[Visit, ...]
    lot: LotPage | None
    timeline: tuple[TimelineEntry, ...]
    can_enter: bool
    can_plan: bool


def task_list(actor: Actor) -> "QuerySet[InspectionTask]":
    """Tasks the actor may see, each with `is_mine` and `is_late`; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    rows = InspectionTask.objects.for_actor(actor).select_related(*TASK_PATHS, "plan", "checklist")
    own = InspectionTask.inspectors.through._base_manager.filter(inspectiontask=OuterRef("pk"), person=actor.person_id)
    late = Q(due_on__lt=timezone.localdate(), state__in=RUNNING) | Q(state="missed")
    is_late = ExpressionWrapper(late, output_field=BooleanField())
    return rows.annotate(is_mine=Exists(own), is_late=is_late)


def task_get(actor: Actor, code: str) -> InspectionTask:
    """One task of the actor's scope, or `NotFound`; a vendor finds an unannounced one once somebody checked in."""
    return get_by_code(task_list(actor), code)


def task_page(actor: Actor, task: InspectionTask) -> TaskPage:
    """Everything the page shows: a fixed number of statements."""
    return TaskPage(
        task=task,
        inspectors=() if actor.is_vendor else tuple(task.inspectors.order_by("pk")),
        places=places_of_task(task) if not actor.is_vendor or task.state == "done" else (),
        visits=tuple(visit_list(actor).filter(task=task).order_by("pk")),
        lot=lot_of(task) if not actor.is_vendor or task.state == "done" else None,
        timeline=shown_history(actor, task),
        can_enter=may_enter(actor, task) and task.state in RUNNING | {"missed"},
        can_plan=any(actor.can(Code.PLAN, path) for path in task.permission_paths()[:2]),
    )


def lot_of(task: InspectionTask) -> LotPage | None:
    """The lot of a task drawn by acceptance sampling: three statements; nothing for any other task."""
    if "classes" not in task.sampling:
        return None
    kept = LotVerdict.objects.filter(task=task).first()
    if kept is not None:
        return LotPage(is_over=True, is_accepted=kept.is_accepted, classes=_with_plan(task, kept.classes))
    found = judged(task, seen_of([task.pk])[task.pk])
    counts = {str(name): counts_of(one) for name, one in found.classes.items()}
    return LotPage(is_over=False, is_accepted=found.is_accepted, classes=_with_plan(task, counts))


def _with_plan(task: InspectionTask, found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: {**task.sampling["classes"].get(name, {}), **values} for name, values in found.items()}


def places_of_task(task: InspectionTask) -> tuple[Place, ...]:
    """The places to go to, in the order of the estate."""
    return tuple(task.places.select_related("parent").order_by("path", "pk"))


def may_enter(actor: Actor, task: InspectionTask) -> bool:
    """Whether the actor may record checks for the task: the right at its line, and a role of its plan."""
    return makes_round(actor, task)


def task_to_enter(actor: Actor, code: str) -> InspectionTask:
    """One task the actor may record results for, or `NotFound`; `NotAllowed` without the right or the role."""
    task = task_get(actor, code)
    require_maker(actor, task)
    return task


def inspectors_for(task: InspectionTask) -> dict[int, Person]:
    """Who may make the round: the right to record checks at its estate, and a role of its plan."""
    found = round_makers(task.permission_paths()[0], task.plan.roles if task.plan else ())
    return {person.pk: person for person in found}


def round_makers(path: str, roles: Collection[str]) -> list[Person]:
    """People of our own with the right to record checks at a place of the organisation, in one of the roles if any is named."""
    able = people_with(Code.EDIT, path, is_vendor=False)
    if not roles:
        return able
    held = {person.pk for role in sorted(roles) for person in people_in_role(role, path)}
    return [person for person in able if person.pk in held]
