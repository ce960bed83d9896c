"""The results of a task entered in the office, for rounds that were made without a phone."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.states import RUNNING
from duban.inspections.domain.visits import VisitInput
from duban.inspections.models import InspectionTask, Visit
from duban.inspections.models.tasks import TASK_PATHS
from duban.inspections.permissions import require_maker
from duban.inspections.services.rounds import task_finish, task_start
from duban.inspections.services.visits import record_visit
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

NOON = time(12)
TAKES_RESULTS = RUNNING | {"missed"}


@transaction.atomic
def task_record(*, actor: Actor, task: InspectionTask, entry: VisitInput, is_finished: bool = False) -> Visit:
    """Record a visit made for a task; the first one begins it, `is_finished` ends it as of the day of the visit.

    Raises `NotAllowed` without `inspections.edit` at the line or a role of the plan, `Invalid` if the task takes no results
    any more, if a place does not belong to it, or as `record_visit` does. Announces `EvidenceChanged`.
    """
    locked = InspectionTask.objects.select_for_update(of=("self",)).select_related("plan", *TASK_PATHS).get(pk=task.pk)
    require_maker(actor, locked)
    _check(locked, entry)
    visit = record_visit(actor=actor, line=locked.line, entry=entry)
    at = datetime.combine(entry.day, NOON, tzinfo=timezone.get_current_timezone())
    if locked.state != "started":
        locked = task_start(actor=actor, task=locked, at=at)
    if is_finished:
        task_finish(actor=actor, task=locked, note=entry.note, at=at)
    return visit


def _check(task: InspectionTask, entry: VisitInput) -> None:
    if task.state not in TAKES_RESULTS:
        raise Invalid(errors=(FieldError("task", mark("This task is over: it takes no more results.")),))
    places = set(task.places.values_list("pk", flat=True))
    given = {line.place_id for line in entry.lines}
    if places and given - places:
        raise Invalid(errors=(FieldError("place", mark("Choose one of the places of this task.")),))
