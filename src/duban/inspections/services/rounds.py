"""Tasks as people work them: given to somebody, begun, finished, called off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from duban.inspections.models import CheckResult, InspectionTask
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.orgs.models import Person
from duban.orgs.selectors import people_with
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
    for path in sorted({task.permission_paths()[0] for task in tasks} if people else ()):
        able = {person.pk for person in people_with(Code.EDIT, path)}
        unable = [person.name for person in people if person.pk not in able]
        if unable:
            message = mark("{name} may not record checks at this estate.")
            raise Invalid(errors=(FieldError("inspectors", message, {"name": "、".join(unable)}),))
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
    _require_inspector(actor, task)
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
    _require_inspector(actor, task)
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
    return moved


@transaction.atomic
def task_cancel(*, actor: Actor, task: InspectionTask, note: str) -> InspectionTask:
    """Call a task off, with a reason. Raises `WrongState`, `NotAllowed`, `Invalid` (a reason is missing)."""
    return advance(task, "cancel", actor=actor, note=note)


def _require_inspector(actor: Actor, task: InspectionTask) -> None:
    """A round is made by the office that looks, never by the vendor that is looked at."""
    actor.require_any(Code.EDIT, task.permission_paths()[:2])


def _inspectors(tasks: Sequence[InspectionTask]) -> dict[int, list[str]]:
    rows = InspectionTask.inspectors.through._base_manager.filter(inspectiontask__in=tasks).order_by("pk")
    found: dict[int, list[str]] = {}
    for task_id, name in rows.values_list("inspectiontask_id", "person__name"):
        found.setdefault(task_id, []).append(name)
    return found
