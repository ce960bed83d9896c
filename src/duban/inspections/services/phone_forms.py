"""Filled-in forms from phones: weighed by the rules of the form, kept, and their verdicts recorded as check results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from duban.inspections.domain.identity import form_verdict_id
from duban.inspections.models import CheckResult, FormAnswer, InspectionTask
from duban.inspections.selectors.phone_rounds import items_of_tasks, task_key
from duban.inspections.services.phone_changes import missing_answer
from duban.inspections.services.phone_rounds import UNKNOWN_PLACE, chosen_tasks, running_task, take_answers
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.files.models import StoredFile
from duban.platform.files.services import attach
from duban.platform.sync.kinds import Received
from duban.standards.domain.xforms.answers import AnswerFault, check_answers, images_of
from duban.standards.domain.xforms.forms import Form, from_json
from duban.standards.models import FormDefinition

UNKNOWN_FORM = mark("The checklist has no form of this version.")
NO_BYTES = mark("A photo of this form was not sent along.")
NOTE, PHOTO = ".note", ".photo"
"""What belongs to the question of an item carries the item's key and one of these endings."""


@dataclass(frozen=True)
class ItemAnswer:
    """The verdict on one item of a form, in the shape in which a phone sends the answers of a plain checklist."""

    task: str
    place: str
    item: str
    verdict: str
    note: str
    at: datetime
    photos: tuple[Any, ...]
    replaces: UUID | None
    severity: str | None = None
    value: Decimal | None = None


@transaction.atomic
def take_forms(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Forms filled in on phones; envelope → task. A form that is there already changes nothing.

    Answers count under the version the phone carried. A form that replaces one of one's own corrects its verdicts; an
    item that is not asked any more counts as not applicable. Raises `NotFound` for an unknown task or form, `Invalid`
    naming each answer that breaks a rule of the form, for a task called off, a strange place, a second answer; `NotYet`
    where the form it replaces has not been applied.
    """
    tasks = chosen_tasks(actor, envelopes)
    known = set(FormAnswer.objects.filter(client_id__in=[item.id for item in envelopes]).values_list("client_id", flat=True))
    items = items_of_tasks(tasks.values())
    for item in envelopes:
        task = running_task(tasks, item.payload.task)
        if item.id not in known:
            _take(actor, item, task, {key for standard, key in items if standard == task_key(task)})
    return {item.id: item.payload.task for item in envelopes}


def _take(actor: Actor, item: Received, task: InspectionTask, keys: set[str]) -> None:
    definition = _definition(task, item.payload.version)
    form = from_json(definition.definition)
    values = _weighed(form, item)
    before = _before(actor, item, task)
    root = before.root_id if before else item.id
    take_answers(actor, list(_verdicts(item, values, before, root, keys)))
    _keep(actor, item, task, definition, values, before)


def _definition(task: InspectionTask, version: int) -> FormDefinition:
    found = FormDefinition.objects.filter(checklist=task.checklist_id, version=version).first()
    if found is None:
        raise Invalid(UNKNOWN_FORM, errors=(FieldError("version", UNKNOWN_FORM),))
    return found


def _weighed(form: Form, item: Received) -> dict[str, Any]:
    said = item.payload
    checked = check_answers(form, said.values, timezone.localdate(min(said.at, item.received_at)))
    if checked.faults:
        raise Invalid(errors=tuple(_error(fault, form.default_language) for fault in checked.faults))
    if set(images_of(form, checked.values)) - {photo.sha256 for photo in said.photos}:
        raise Invalid(NO_BYTES, errors=(FieldError("photos", NO_BYTES),))
    return dict(checked.values)


def _error(fault: AnswerFault, default: str) -> FieldError:
    """What is wrong, in the form's own words where it has some."""
    wanted = "zh" if (get_language() or "").startswith("zh") else "en"
    own = fault.texts.get(wanted) or fault.texts.get(default)
    message = mark("{said}") if own else fault.message
    return FieldError(f"values.{fault.path}", message, {"said": own} if own else fault.params)


def _before(actor: Actor, item: Received, task: InspectionTask) -> FormAnswer | None:
    """The form this one replaces: an own one of the same task."""
    if item.payload.replaces is None:
        return None
    found = FormAnswer.objects.filter(client_id=item.payload.replaces, person=actor.person_id, task=task).first()
    if found is None:
        raise missing_answer(actor, item.payload.replaces)
    return found


def _verdicts(
    item: Received, values: Mapping[str, Any], before: FormAnswer | None, root: UUID, keys: set[str]
) -> Iterator[Received]:
    """The verdicts on items as the answers a plain checklist would have sent; of a correction only what changed."""
    past = before.values if before else {}
    asked = sorted(keys & (values.keys() | past.keys()))
    names = [form_verdict_id(root, key) for key in asked]
    recorded = set(CheckResult.objects.filter(client_id__in=names).values_list("client_id", flat=True))
    for key, name in zip(asked, names, strict=True):
        parts = [name for name in (key, key + NOTE, key + PHOTO) if values.get(name) != past.get(name)]
        if parts:
            yield _verdict(item, values, key, name, is_there=name in recorded)


def _verdict(item: Received, values: Mapping[str, Any], key: str, name: UUID, *, is_there: bool) -> Received:
    said = item.payload
    payload = ItemAnswer(
        task=said.task,
        place=said.place,
        item=key,
        verdict=values.get(key, "not_applicable"),
        note=values.get(key + NOTE, "")[:300],
        at=said.at,
        photos=tuple(photo for photo in said.photos if photo.sha256 == values.get(key + PHOTO)),
        replaces=name if is_there else None,
    )
    return Received(
        id=uuid5(item.id, key) if is_there else name,
        device=item.device,
        captured_at=item.captured_at,
        received_at=item.received_at,
        payload=payload,
        trust=item.trust,
    )


def _keep(
    actor: Actor,
    item: Received,
    task: InspectionTask,
    definition: FormDefinition,
    values: Mapping[str, Any],
    before: FormAnswer | None,
) -> None:
    said = item.payload
    places = {place.tag: place for place in task.places.all()}
    if said.place and said.place not in places:
        raise Invalid(UNKNOWN_PLACE, errors=(FieldError("place", UNKNOWN_PLACE),))
    root = before.root_id if before else item.id
    FormAnswer.objects.filter(root_id=root).update(is_current=False)
    kept = FormAnswer.objects.create(
        task=task,
        place=places.get(said.place),
        definition=definition,
        person_id=actor.person_id,
        client_id=item.id,
        root_id=root,
        values=values,
        at=min(said.at, item.received_at),
    )
    write_entry(actor=actor, record=task, action="fill_form", changes={"form": [None, f"v{definition.version}"]})
    for file in StoredFile.objects.filter(sha256__in=images_of(from_json(definition.definition), values)).order_by("pk"):
        attach(actor=actor, target=kept, file=file, name=f"{file.sha256[:12]}.jpg")
