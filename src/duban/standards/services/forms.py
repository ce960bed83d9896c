"""Bringing the form of a checklist in as XLSForm, and giving it up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.files.models import StoredFile
from duban.platform.files.storage import file_store, original_key
from duban.platform.sheets.problems import FileRefused
from duban.platform.sheets.readers import fetch, read_book
from duban.standards.domain.xforms.cells import Fault
from duban.standards.domain.xforms.forms import Form, to_json
from duban.standards.domain.xforms.items import item_faults, item_keys
from duban.standards.domain.xforms.reading import SURVEY, read_form
from duban.standards.models import Checklist, FormDefinition, StandardItem
from duban.standards.permissions import can_edit

SIZE_LIMIT = 2 * 1024 * 1024
REFUSED = mark("The form cannot be taken as it is; nothing was changed.")


@dataclass(frozen=True)
class FormReading:
    """What a workbook would bring: the form or its faults, and which items the checklist would gain and lose."""

    form: Form | None
    faults: tuple[Fault, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def form_read(*, actor: Actor, checklist: Checklist, file: StoredFile) -> FormReading:
    """Read a stored workbook without changing anything. Raises `NotAllowed`."""
    _require(actor, checklist)
    try:
        with file_store().open(original_key(file.sha256)) as source, fetch(source) as path:
            sheets = read_book(path, size_limit=SIZE_LIMIT)
    except FileRefused as error:
        problem = error.problems[0]
        return FormReading(None, (Fault(problem.reason.why, "", params=problem.params),))
    form, faults = read_form(sheets, title=checklist.name)
    known = list(StandardItem.objects.filter(standard=checklist.standard).order_by("id").values_list("key", flat=True))
    if form is not None:
        faults = [Fault(message, SURVEY, heading=name, params=params) for name, message, params in item_faults(form, known)]
    if form is None or faults:
        return FormReading(None, tuple(faults))
    before, after = set(checklist.items.values_list("key", flat=True)), set(item_keys(form, known))
    gone, fresh = [[key for key in known if key in keys] for keys in (before - after, after - before)]
    return FormReading(form, (), tuple(fresh), tuple(gone))


@transaction.atomic
def form_import(*, actor: Actor, checklist: Checklist, file: StoredFile) -> FormDefinition:
    """Make a workbook the next version of the checklist's form; the checklist then holds the items the form asks for.

    Raises `Invalid` with every fault and its cell; then nothing is changed.
    """
    reading = form_read(actor=actor, checklist=checklist, file=file)
    if reading.form is None:
        raise Invalid(REFUSED, errors=_as_errors(reading.faults))
    locked = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
    last = FormDefinition.objects.filter(checklist=locked).order_by("version").last()
    made = FormDefinition.objects.create(
        checklist=locked,
        version=last.version + 1 if last else 1,
        definition=to_json(reading.form),
        source=file,
        imported_by_id=actor.person_id,
    )
    known = StandardItem.objects.filter(standard=checklist.standard)
    keys = item_keys(reading.form, known.values_list("key", flat=True))
    locked.items.set(known.filter(key__in=keys))
    changes = {"form": [last.version if last else None, made.version], "items": [list(reading.removed), list(reading.added)]}
    write_entry(actor=actor, record=locked, action="import_form", changes=changes)
    return made


@transaction.atomic
def form_give_up(*, actor: Actor, checklist: Checklist, note: str) -> None:
    """Go back to the plain list of items, for a reason; the versions stay readable. Raises `WrongState` without a form."""
    _require(actor, checklist)
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    changed = FormDefinition.objects.filter(checklist=checklist, is_given_up=False).update(is_given_up=True)
    if not changed:
        raise WrongState(mark("This checklist has no form of its own."))
    write_entry(actor=actor, record=checklist, action="give_up_form", changes={"form": [True, False]}, reason=note)


def _require(actor: Actor, checklist: Checklist) -> None:
    if not can_edit(actor, checklist.standard):
        raise NotAllowed


def _as_errors(faults: Sequence[Fault]) -> tuple[FieldError, ...]:
    return tuple(FieldError(fault.where, fault.message, fault.params) for fault in faults)
