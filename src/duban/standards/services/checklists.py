"""Checklists drawn from the items of one version."""

from collections.abc import Collection

from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, NotFound
from duban.kernel.text import mark
from duban.platform.audit.services import audited, write_entry
from duban.standards.models import Checklist, FormDefinition, Standard, StandardItem
from duban.standards.permissions import can_edit


@transaction.atomic
def checklist_create(*, actor: Actor, standard: Standard, name: str, item_keys: Collection[str]) -> Checklist:
    """Draw a checklist from items of one version. Raises `Invalid` without items, `NotFound` for a key it has not."""
    if not can_edit(actor, standard):
        raise NotAllowed
    items = _items(standard, item_keys)
    checklist = Checklist(standard=standard, name=name)
    with audited(actor=actor, record=checklist, action="create"):
        checklist.save()
    checklist.items.set(items)
    return checklist


@transaction.atomic
def checklist_update(*, actor: Actor, checklist: Checklist, name: str, item_keys: Collection[str]) -> Checklist:
    """Rename a checklist or choose other items of the same version."""
    if not can_edit(actor, checklist.standard):
        raise NotAllowed
    items = _items(checklist.standard, item_keys)
    before = sorted(checklist.items.values_list("key", flat=True))
    with audited(actor=actor, record=checklist, action="edit"):
        checklist.name = name
        checklist.save()
    after = sorted(item.key for item in items)
    if before != after:
        _require_no_form(checklist)
        checklist.items.set(items)
        write_entry(actor=actor, record=checklist, action="choose_items", changes={"items": [before, after]})
    return checklist


@transaction.atomic
def checklist_remove(*, actor: Actor, checklist: Checklist, note: str) -> None:
    """Remove a checklist, for a reason; what was checked with it stays with the checks."""
    if not can_edit(actor, checklist.standard):
        raise NotAllowed
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    write_entry(actor=actor, record=checklist, action="remove", changes={"name": [checklist.name, None]}, reason=note)
    checklist.delete()


def _require_no_form(checklist: Checklist) -> None:
    """The items of a checklist with a form follow the form, so that the two never tell different things."""
    newest = FormDefinition.objects.filter(checklist=checklist).last()
    if newest is not None and not newest.is_given_up:
        message = mark("The items of this checklist follow its form. Import a changed form, or give the form up first.")
        raise Invalid(errors=(FieldError("items", message),))


def _items(standard: Standard, keys: Collection[str]) -> list[StandardItem]:
    if not keys:
        raise Invalid(errors=(FieldError("items", mark("Please choose at least one item.")),))
    items = list(StandardItem.objects.filter(standard=standard, key__in=keys))
    if len(items) != len(set(keys)):
        raise NotFound
    return items
