"""Plans: made, changed, paused, retired."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.estates.models import Estate, Place
from duban.inspections.domain.plans import PlanInput, plan_problems
from duban.inspections.models import InspectionPlan, InspectionTask
from duban.inspections.models.tasks import TASK_PATHS
from duban.inspections.permissions import Code
from duban.inspections.services.planning import tasks_make
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.orgs.selectors import office_roles_with
from duban.platform.audit.services import audited
from duban.platform.states import advance, advance_many
from duban.standards.models import Checklist

MANY = ("estate_ids", "line_ids", "place_ids")
YESTERDAY = timedelta(days=1)


@transaction.atomic
def plan_create(*, actor: Actor, office: Unit, entry: PlanInput) -> InspectionPlan:
    """Make a plan of an office and its tasks for the next two weeks; none for days before today.

    Raises `NotAllowed` without `inspections.plan` at the office, `Invalid` naming each field that does not fit.
    """
    actor.require(Code.PLAN, office.path)
    plan = InspectionPlan(office=office, salt=secrets.token_hex(16))
    _check(actor, plan, entry)
    plan.planned_until = max(timezone.localdate(), entry.starts_on) - YESTERDAY
    _save(actor, plan, entry, "create")
    tasks_make(plans=[plan.pk])
    return plan


@transaction.atomic
def plan_change(*, actor: Actor, plan: InspectionPlan, entry: PlanInput) -> InspectionPlan:
    """Change a plan. Tasks of the days to come that nobody began are called off and made anew by the changed plan.

    Raises `NotAllowed` without `inspections.plan` at the office, `Invalid` naming each field that does not fit or if the
    plan is retired.
    """
    locked = InspectionPlan.objects.select_for_update(of=("self",)).select_related("office").get(pk=plan.pk)
    actor.require(Code.PLAN, locked.office.path)
    if locked.state == "retired":
        raise Invalid(errors=(FieldError("name", mark("A retired plan stays as it was. Make a new one.")),))
    _check(actor, locked, entry)
    _call_off(locked, reason="plan_change")
    locked.planned_until = max(timezone.localdate(), entry.starts_on - YESTERDAY)
    _save(actor, locked, entry, "change")
    tasks_make(plans=[locked.pk])
    return locked


@transaction.atomic
def plan_move(*, actor: Actor, plan: InspectionPlan, move: str, note: str = "") -> InspectionPlan:
    """Pause a plan, take it up again from tomorrow, or retire it; both others call off the tasks to come that nobody began.

    Raises `WrongState`, `NotAllowed`, `Invalid` (a reason is missing).
    """
    moved = advance(plan, move, actor=actor, note=note)
    if move != "resume":
        _call_off(moved, reason=note)
        return moved
    moved.planned_until = timezone.localdate()
    moved.save(update_fields=["planned_until", "changed_at"])
    tasks_make(plans=[moved.pk])
    return moved


@transaction.atomic
def plan_tasks_make(*, actor: Actor, plan: InspectionPlan) -> int:
    """Make what is missing of the tasks of the next two weeks without waiting for the clock; returns how many were made.

    Raises `NotAllowed` without `inspections.plan` at the office. A paused or retired plan makes nothing.
    """
    actor.require(Code.PLAN, plan.office.path)
    return tasks_make(plans=[plan.pk])


def _call_off(plan: InspectionPlan, *, reason: str) -> None:
    """The clock's own tidying: whoever may change the plan may call off what it made."""
    ahead = InspectionTask.objects.filter(plan=plan, kind="plan", state="planned", planned_on__gt=timezone.localdate())
    advance_many(ahead.select_related(*TASK_PATHS), "cancel", actor=system_actor(plan.audit_scope()), reason=reason)


def _save(actor: Actor, plan: InspectionPlan, entry: PlanInput, action: str) -> None:
    values = {name: value for name, value in asdict(entry).items() if name not in MANY}
    for name, value in values.items():
        setattr(plan, name, list(value) if isinstance(value, tuple) else value)
    plan.name = entry.name.strip()
    with audited(actor=actor, record=plan, action=action):
        plan.save()
    plan.estates.set(entry.estate_ids)
    plan.lines.set(entry.line_ids)
    plan.places.set(entry.place_ids)


def _check(actor: Actor, plan: InspectionPlan, entry: PlanInput) -> None:
    errors = (*plan_problems(entry), *_misfits(actor, plan, entry))
    if errors:
        raise Invalid(errors=errors)


def _misfits(actor: Actor, plan: InspectionPlan, entry: PlanInput) -> Iterator[FieldError]:
    others = InspectionPlan.objects.filter(office=plan.office, name=entry.name.strip()).exclude(pk=plan.pk)
    if others.exists():
        yield FieldError("name", mark("The office has a plan of this name already."))
    checklists = Checklist.objects.for_actor(actor).filter(standard__service_line=entry.service_line)
    if entry.checklist_id is not None and _strange(checklists, (entry.checklist_id,)):
        yield FieldError("checklist", mark("The checklist belongs to another service line."))
    below = {"office__path__startswith": plan.office.path}
    if _strange(Estate.objects.for_actor(actor).filter(**below), entry.estate_ids):
        yield FieldError("estates", mark("An estate does not belong to this office."))
    if _strange(ContractLine.objects.for_actor(actor).filter(service_line=entry.service_line), entry.line_ids):
        yield FieldError("lines", mark("A contract line belongs to another service line."))
    if set(entry.roles) - {str(role) for role in office_roles_with(Code.EDIT)}:
        yield FieldError("roles", mark("Only roles that may record checks can make rounds."))
    if _strange(Place.objects.for_actor(actor), entry.place_ids):
        yield FieldError("places", mark("A place is not known."))


def _strange(rows: "QuerySet[Any]", keys: tuple[int, ...]) -> bool:
    """Whether one of the keys is not among the rows."""
    return bool(keys) and rows.filter(pk__in=keys).count() != len(set(keys))
