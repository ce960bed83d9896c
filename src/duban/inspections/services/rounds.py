"""Tasks as people work them: given to somebody, begun, finished, called off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from duban.inspections.models import CheckResult, InspectionTask
from duban.inspections.permissions import Code, require_maker
from duban.inspections.selectors.tasks import round_makers
from duban.inspections.services.judging import lots_judge
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.orgs.models import Person
from duban.platform.audit.services import write_entries
from duban.platform.events import announce
from duban.platform.imports.statements import insert_rows
from duban.platform.states import advance


@transaction.atomic
def tasks_assign(*, actor: Actor, tasks: Sequence[InspectionTask], people: Sequence[Person]) -> int:
    """Give tasks to these people, or to nobody in particular; returns how many tasks.

    Raises `NotAllowed` without `inspections.plan` at each line, `Invalid` if somebody may not record checks there.
    """
    for task in tasks:
        actor.require_any(Code.PLAN, task.permission_paths()[:2])
    if people:
        _require_able(tasks, people)
    through = InspectionTask.inspectors.through
    before = _inspectors(tasks)
    through._base_manager.filter(inspectiontask__in=tasks).delete()
    insert_rows(through, [{"inspectiontask_id": task.pk, "person_id": person.pk} for task in tasks for person in people])
    names = [person.name for person in people]
    write_entries(
        actor=actor,
        changed=[(task, {"inspectors": [before.get(task.pk, []), names]}) for task in tasks],
        action="assign",
    )
    return len(tasks)


@transaction.atomic
def task_start(*, actor: Actor, task: InspectionTask, at: datetime | None = None) -> InspectionTask:
    """Begin a task; from this moment the vendor may see it. Raises `WrongState`, `NotAllowed`."""
    require_maker(actor, task)
    moved = advance(task, "start", actor=actor)
    now = timezone.now()
    moved.checked_in_at = moved.checked_in_at or min(at or now, now)
    moved.save(update_fields=["checked_in_at", "changed_at"])
    return moved


@transaction.atomic
def task_finish(*, actor: Actor, task: InspectionTask, note: str = "", at: datetime | None = None) -> InspectionTask:
    """Finish a task whose results are recorded. One that was marked as not inspected may still be finished, late.

    Raises `WrongState`, `NotAllowed`, `Invalid` while nothing is recorded. Announces `EvidenceChanged` for its last day.
    """
    require_maker(actor, task)
    if not CheckResult.objects.filter(visit__task=task).exists():
        raise Invalid(errors=(FieldError("task", mark("Nothing is recorded yet: record a visit for this task first.")),))
    moved = advance(task, "finish", actor=actor, note=note)
    now = timezone.now()
    moved.finished_at = min(at or now, now)
    moved.finished_on = timezone.localdate(moved.finished_at)
    moved.checked_in_at = moved.checked_in_at or moved.finished_at
    moved.finished_by_id = actor.person_id
    moved.note = note[:300]
    moved.save(update_fields=["finished_at", "finished_on", "finished_by", "checked_in_at", "note", "changed_at"])
    announce(EvidenceChanged("inspections", ((moved.line_id, moved.due_on),)))
    lots_judge([moved.pk])
    return moved


@transaction.atomic
def task_cancel(*, actor: Actor, task: InspectionTask, note: str) -> InspectionTask:
    """Call a task off, with a reason. Raises `WrongState`, `NotAllowed`, `Invalid` (a reason is missing)."""
    return advance(task, "cancel", actor=actor, note=note)


def task_move(*, actor: Actor, task: InspectionTask, move: str, note: str = "") -> InspectionTask:
    """Make one move: start, finish or cancel. Raises as that move does, `NotAllowed` for what only the clock does."""
    InspectionTask.STATES.move(move, task.state)
    if move == "start":
        return task_start(actor=actor, task=task)
    if move == "finish":
        return task_finish(actor=actor, task=task, note=note)
    return advance(task, move, actor=actor, note=note)


def _require_able(tasks: Sequence[InspectionTask], people: Sequence[Person]) -> None:
    """Everybody named must be able to make every one of the rounds."""
    places = {(task.permission_paths()[0], tuple(task.plan.roles) if task.plan else ()) for task in tasks}
    for path, roles in sorted(places):
        able = {person.pk for person in round_makers(path, roles)}
        unable = [person.name for person in people if person.pk not in able]
        if unable:
            message = mark("{name} may not make this round: the right to record checks, or a role of the plan, is missing.")
            raise Invalid(errors=(FieldError("inspectors", message, {"name": "、".join(unable)}),))


def _inspectors(tasks: Sequence[InspectionTask]) -> dict[int, list[str]]:
    rows = InspectionTask.inspectors.through._base_manager.filter(inspectiontask__in=tasks).order_by("pk")
    found: dict[int, list[str]] = {}
    for task_id, name in rows.values_list("inspectiontask_id", "person__name"):
        found.setdefault(task_id, []).append(name)
    return found
