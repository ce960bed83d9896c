"""What phones send of a round: arriving, answering, finishing, handed to the services that pages use too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.estates.models import Place
from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckResult, InspectionTask, OtherAnswer, Visit
from duban.inspections.permissions import require_maker
from duban.inspections.selectors.phone_rounds import items_of_tasks, task_key, tasks_chosen
from duban.inspections.services.doubling import keep_others, split_rows
from duban.inspections.services.judging import lots_judge
from duban.inspections.services.phone_changes import VERDICTS, Answer, change_answer, hang_photos
from duban.inspections.services.recording import record_results
from duban.inspections.services.rounds import task_finish, task_start
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.platform.files.models import StoredFile
from duban.platform.sync.kinds import NotYet, Received

CALLED_OFF = mark("The task was called off; what was seen is kept here and counts nowhere.")
UNKNOWN_ITEM = mark("The checklist of the task has no such item.")
UNKNOWN_PLACE = mark("This place is not part of the task.")


@transaction.atomic
def take_checkins(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Arrivals; envelope → task. The first one begins the task, later ones change nothing.

    A wrong code is kept and speaks against the record. Raises `NotFound` for an unknown task, `Invalid` for one that was
    called off or a place outside it.
    """
    tasks = chosen_tasks(actor, envelopes)
    for item in envelopes:
        said, task = item.payload, running_task(tasks, item.payload.task)
        _place(task, said.place)
        if task.state in {"planned", "missed"}:
            tasks[said.task] = task_start(actor=actor, task=task, at=_at(item))
    return {item.id: item.payload.task for item in envelopes}


@transaction.atomic
def take_answers(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Answers of rounds; envelope → result. A person's answers of one task hang on one visit.

    Of two answers to the same item at the same place the one captured earlier counts, whichever arrives first; the other
    is kept beside the result, and its envelope names what it became (`OA-…`). An answer that replaces one of one's own
    corrects it. Raises `NotFound` for an unknown task, `Invalid` for a task called off, an item or place outside it; else
    as `record_results`.
    """
    fresh = [item for item in envelopes if item.payload.replaces is None]
    tasks = chosen_tasks(actor, envelopes)
    items = items_of_tasks(tasks.values())
    visits = _visits(actor, tasks, fresh)
    rows = [_row(item, running_task(tasks, item.payload.task), items, visits) for item in fresh]
    first, others = split_rows(rows)
    record_results(actor=actor, rows=first)
    keep_others(actor=actor, others=others)
    answers = _stored(fresh)
    hang_photos(actor=actor, answers=answers, envelopes=fresh)
    for item in envelopes:
        if item.payload.replaces is not None:
            running_task(tasks, item.payload.task)
            answers[item.id] = change_answer(actor=actor, item=item)
    lots_judge([task.pk for task in tasks.values() if task.state == "done"])
    return {item.id: answers[item.id].code for item in envelopes}


@transaction.atomic
def take_finishes(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Ends of rounds; envelope → task. The first finish counts, later ones change nothing.

    Raises `NotFound` for an unknown task, `Invalid` for one called off or without any answer, `NotYet` where the phone says
    that there are answers and none has arrived.
    """
    tasks = chosen_tasks(actor, envelopes)
    for item in envelopes:
        said, task = item.payload, running_task(tasks, item.payload.task)
        if task.state == "done":
            continue
        if said.answered and not CheckResult.objects.filter(visit__task=task).exists():
            raise NotYet
        tasks[said.task] = task_finish(actor=actor, task=task, note=said.note, at=_at(item))
        if said.signature:
            signature = StoredFile.objects.filter(sha256=said.signature).first()
            InspectionTask.objects.filter(pk=task.pk).update(signature=signature)
    return {item.id: item.payload.task for item in envelopes}


def chosen_tasks(actor: Actor, envelopes: Sequence[Received]) -> dict[str, InspectionTask]:
    """The tasks spoken of, locked; each must be one the person may make."""
    tasks = tasks_chosen(actor, {item.payload.task for item in envelopes})
    for task in tasks.values():
        require_maker(actor, task)
    return tasks


def _at(item: Received) -> datetime:
    # A phone whose clock runs ahead must not date anything into the future.
    moment: datetime = item.payload.at
    return min(moment, item.received_at)


def running_task(tasks: Mapping[str, InspectionTask], code: str) -> InspectionTask:
    """One of these tasks; raises `NotFound` for an unknown one, `Invalid` for one that was called off."""
    if code not in tasks:
        raise NotFound
    if tasks[code].state == "cancelled":
        raise _refusal("task", CALLED_OFF)
    return tasks[code]


def _place(task: InspectionTask, tag: str) -> Place | None:
    if not tag:
        return None
    places = {place.tag: place for place in task.places.all()}
    if tag not in places:
        raise _refusal("place", UNKNOWN_PLACE)
    return places[tag]


def _visits(actor: Actor, tasks: Mapping[str, InspectionTask], envelopes: Sequence[Received]) -> dict[str, Visit]:
    """Task → the visit of this person; made where it is missing, on the day of the earliest answer."""
    days = {code: min(_at(item) for item in group) for code, group in _by_task(envelopes).items()}
    found = {visit.task_id: visit for visit in Visit.objects.filter(task__in=tasks.values(), inspector_id=actor.person_id)}
    visits = {}
    for code, moment in sorted(days.items()):
        task = running_task(tasks, code)
        visits[code] = found.get(task.pk) or Visit.objects.create(
            task=task,
            line=task.line,
            checklist=task.checklist,
            inspector_id=actor.person_id,
            day=timezone.localdate(moment),
            is_announced=task.is_announced,
        )
    return visits


def _by_task(envelopes: Iterable[Received]) -> dict[str, list[Received]]:
    found: defaultdict[str, list[Received]] = defaultdict(list)
    for item in envelopes:
        found[item.payload.task].append(item)
    return found


def _row(item: Received, task: InspectionTask, items: Mapping[tuple[int, str], int], visits: Mapping[str, Visit]) -> CheckRow:
    said, visit, moment = item.payload, visits[task.code], _at(item)
    key = items.get((task_key(task), said.item))
    if key is None:
        raise _refusal("item", UNKNOWN_ITEM)
    place = _place(task, said.place)
    return CheckRow(
        line_id=task.line_id,
        item_id=key,
        day=timezone.localdate(moment),
        verdict=VERDICTS[said.verdict],
        at=moment,
        place_id=place.pk if place else None,
        severity=None if said.severity is None else Grade.of(said.severity),
        value=said.value,
        note=said.note,
        inspector_id=visit.inspector_id,
        visit_id=visit.pk,
        client_id=item.id,
    )


def _stored(envelopes: Sequence[Received]) -> dict[UUID, Answer]:
    """Envelope → what it became: a result, or an answer kept beside one."""
    keys = [item.id for item in envelopes]
    rows: list[Answer] = [
        *CheckResult.objects.filter(client_id__in=keys),
        *OtherAnswer.objects.filter(client_id__in=keys).select_related("result__line__contract"),
    ]
    return {row.client_id: row for row in rows if row.client_id is not None}


def _refusal(field: str, message: str) -> Invalid:
    return Invalid(message, errors=(FieldError(field, message),))
