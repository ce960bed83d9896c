"""Inspection plans and their tasks for other systems."""

from django.http import HttpRequest
from ninja import Query, Router

from duban.inspections.models import InspectionPlan, InspectionTask
from duban.inspections.permissions import Code
from duban.inspections.schemas import StatePaging
from duban.inspections.schemas.plans import (
    InspectorsIn,
    MadeOut,
    NewPlanIn,
    PlanDetailOut,
    PlanIn,
    PlanOut,
    RoundIn,
    TaskDetailOut,
    TaskNoteIn,
    TaskOut,
    TaskPaging,
)
from duban.inspections.selectors.plan_codes import checked_keys, named_inspectors, office_to_plan, planned_keys
from duban.inspections.selectors.plans import PlanPage, plan_get, plan_list, plan_page, plan_to_edit
from duban.inspections.selectors.tasks import TaskPage, task_get, task_list, task_page, task_to_enter
from duban.inspections.services import (
    plan_change,
    plan_create,
    plan_move,
    plan_tasks_make,
    task_move,
    task_record,
    tasks_assign,
)
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["inspections"])


@router.get("/plans", response={200: list[PlanOut], **REFUSALS}, operation_id="plans_list")
def plans_list(request: HttpRequest, page: Query[StatePaging]) -> list[InspectionPlan]:
    """Plans in order of their codes; `after` is the last code of the page before."""
    rows = plan_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    return list((rows.filter(state=page.state) if page.state else rows)[: page.limit])


@router.post("/plans", response={200: PlanDetailOut, **REFUSALS}, operation_id="plans_create")
def plans_create(request: HttpRequest, payload: NewPlanIn) -> PlanPage:
    """Make a plan with its tasks of the next two weeks."""
    actor = actor_of(request)
    office = office_to_plan(actor, payload.office)
    plan = plan_create(actor=actor, office=office, entry=payload.entry(planned_keys(actor, payload.codes())))
    return plan_page(actor, plan_get(actor, plan.code))


@router.get("/plans/{code}", response={200: PlanDetailOut, **REFUSALS}, operation_id="plans_get")
def plans_get(request: HttpRequest, code: str) -> PlanPage:
    """One plan."""
    actor = actor_of(request)
    return plan_page(actor, plan_get(actor, code))


@router.put("/plans/{code}", response={200: PlanDetailOut, **REFUSALS}, operation_id="plans_change")
def plans_change(request: HttpRequest, code: str, payload: PlanIn) -> PlanPage:
    """Change a plan; its tasks to come that nobody began are made anew."""
    actor = actor_of(request)
    plan = plan_to_edit(actor, code)
    plan_change(actor=actor, plan=plan, entry=payload.entry(planned_keys(actor, payload.codes())))
    return plan_page(actor, plan_get(actor, code))


@router.post("/plans/{code}/tasks", response={200: MadeOut, **REFUSALS}, operation_id="plans_make_tasks")
def plans_make_tasks(request: HttpRequest, code: str) -> dict[str, int]:
    """Make the tasks of the next two weeks that are still missing; asked again, none."""
    actor = actor_of(request)
    return {"made": plan_tasks_make(actor=actor, plan=plan_to_edit(actor, code))}


@router.post("/plans/{code}/moves/{move}", response={200: PlanDetailOut, **REFUSALS}, operation_id="plans_move")
def plans_move(request: HttpRequest, code: str, move: str, payload: TaskNoteIn) -> PlanPage:
    """Pause a plan, take it up again, or retire it."""
    actor = actor_of(request)
    plan_move(actor=actor, plan=plan_get(actor, code), move=move, note=payload.note)
    return plan_page(actor, plan_get(actor, code))


@router.get("/tasks", response={200: list[TaskOut], **REFUSALS}, operation_id="tasks_list")
def tasks_list(request: HttpRequest, page: Query[TaskPaging]) -> list[InspectionTask]:
    """Tasks in order of their codes; `after` is the last code of the page before."""
    rows = task_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    named = {"state": page.state, "plan__code": page.plan, "is_mine": page.mine}
    return list(rows.filter(**{name: value for name, value in named.items() if value})[: page.limit])


@router.get("/tasks/{code}", response={200: TaskDetailOut, **REFUSALS}, operation_id="tasks_get")
def tasks_get(request: HttpRequest, code: str) -> TaskPage:
    """One task with its draw, its visits and the verdict on its lot."""
    actor = actor_of(request)
    return task_page(actor, task_get(actor, code))


@router.put("/tasks/{code}/inspectors", response={200: TaskDetailOut, **REFUSALS}, operation_id="tasks_assign")
def tasks_assign_people(request: HttpRequest, code: str, payload: InspectorsIn) -> TaskPage:
    """Say who makes the round."""
    actor = actor_of(request)
    task = task_get(actor, code)
    actor.require_any(Code.PLAN, task.permission_paths()[:2])
    tasks_assign(actor=actor, tasks=[task], people=named_inspectors(task, payload.inspectors))
    return task_page(actor, task_get(actor, code))


@router.post("/tasks/{code}/results", response={200: TaskDetailOut, **REFUSALS}, operation_id="tasks_record")
def tasks_record(request: HttpRequest, code: str, payload: RoundIn) -> TaskPage:
    """Record results of a round; the first ones begin it, `is_finished` ends it and judges its lot."""
    actor = actor_of(request)
    task = task_to_enter(actor, code)
    entry = payload.entry(task, checked_keys(task, payload.named()))
    task_record(actor=actor, task=task, entry=entry, is_finished=payload.is_finished)
    return task_page(actor, task_get(actor, code))


@router.post("/tasks/{code}/moves/{move}", response={200: TaskDetailOut, **REFUSALS}, operation_id="tasks_move")
def tasks_move(request: HttpRequest, code: str, move: str, payload: TaskNoteIn) -> TaskPage:
    """Start a round, finish it, or call it off."""
    actor = actor_of(request)
    task_move(actor=actor, task=task_get(actor, code), move=move, note=payload.note)
    return task_page(actor, task_get(actor, code))
