"""Versions of standards: a draft is written, put in force, superseded by the next. What is in force never changes."""

import re
from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.audit.services import audited, write_entry
from duban.platform.states import advance
from duban.standards.domain.blocks import is_block
from duban.standards.domain.details import ItemDetails
from duban.standards.models import Standard, StandardItem
from duban.standards.permissions import Code as Right
from duban.standards.permissions import can_change_items, can_edit

ITEM_KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")


@transaction.atomic
def standard_create(
    *, actor: Actor, tenant: Unit, office: Unit, service_line: str, key: str, name: str, name_en: str = "", source: str = ""
) -> Standard:
    """Begin a new standard as a draft of version 1, kept by `office`. Raises `NotAllowed`, or `Invalid` if the key is taken."""
    actor.require(Right.EDIT, office.path)
    if Standard.objects.filter(tenant=tenant, key=key).exists():
        raise Invalid(errors=(FieldError("key", mark("A standard with this key exists; begin a new version of it.")),))
    standard = Standard(
        tenant=tenant, office=office, service_line=service_line, key=key, name=name, name_en=name_en, source=source
    )
    with audited(actor=actor, record=standard, action="create"):
        standard.save()
    return standard


@transaction.atomic
def standard_new_version(*, actor: Actor, standard: Standard, reason: str) -> Standard:
    """Begin the next version as a draft: a copy of every item of `standard`, which itself stays as it is.

    Raises `NotAllowed`, `Invalid` without a reason, `WrongState` while another draft of the same key is open.
    """
    if not can_edit(actor, standard):
        raise NotAllowed
    if not reason.strip():
        raise Invalid(errors=(FieldError("reason", mark("Please say why a new version is needed.")),))
    versions = Standard.objects.select_for_update(of=("self",)).filter(tenant=standard.tenant_id, key=standard.key)
    existing = {version.version: version for version in versions}
    if any(version.state == "draft" for version in existing.values()):
        raise WrongState(mark("A draft of this standard is already open; finish or withdraw it first."))
    fresh = Standard(
        tenant=standard.tenant,
        office=standard.office,
        service_line=standard.service_line,
        key=standard.key,
        version=max(existing) + 1,
        name=standard.name,
        name_en=standard.name_en,
        source=standard.source,
        reason=reason.strip(),
    )
    with audited(actor=actor, record=fresh, action="create", reason=reason):
        fresh.save()
    _copy_items(standard, fresh)
    return fresh


def _copy_items(source: Standard, target: Standard) -> None:
    copies = list(StandardItem.objects.filter(standard=source).order_by("id"))
    for item in copies:
        item.pk = None
        item.standard = target
    StandardItem.objects.bulk_create(copies)


@transaction.atomic
def standard_enact(*, actor: Actor, standard: Standard, on: date, note: str = "") -> Standard:
    """Put a draft in force from a day on; the version in force until now is superseded in the same moment.

    Raises `Invalid` for a draft without items, `WrongState` or `NotAllowed`.
    """
    if not StandardItem.objects.filter(standard=standard).exists():
        raise Invalid(mark("A standard without items cannot be put in force."))
    for previous in Standard.objects.filter(tenant=standard.tenant_id, key=standard.key, state="in_force"):
        advance(previous, "supersede", actor=actor, note=note)
    locked = advance(standard, "enact", actor=actor, note=note)
    with audited(actor=actor, record=locked, action="set_in_force_from"):
        locked.in_force_from = on
        locked.save(update_fields=["in_force_from", "changed_at"])
    return locked


@transaction.atomic
def standard_withdraw(*, actor: Actor, standard: Standard, note: str) -> Standard:
    """Withdraw a draft or a version in force, for a reason. Contract lines that name it keep it."""
    return advance(standard, "withdraw", actor=actor, note=note)


@transaction.atomic
def item_save(*, actor: Actor, standard: Standard, details: ItemDetails, item: StandardItem | None = None) -> StandardItem:
    """Add an item to a draft, or change one of its items. Raises `WrongState` for a version that is not a draft."""
    _require_draft(actor, standard)
    _check_key(standard, details, item)
    record = item or StandardItem(standard=standard, number=_next_number(standard, details.block))
    with audited(actor=actor, record=record, action="edit" if item else "create"):
        for name, value in asdict(details).items():
            setattr(record, name, value)
        record.block = details.block
        try:
            record.full_clean()
        except ValidationError as error:
            found = error.message_dict.items()
            raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error
        record.save()
    return record


@transaction.atomic
def item_remove(*, actor: Actor, item: StandardItem) -> None:
    """Take an item out of a draft; the versions before it keep theirs."""
    _require_draft(actor, item.standard)
    write_entry(actor=actor, record=item.standard, action="remove_item", changes={"item": [item.key, None]})
    item.delete()


def _require_draft(actor: Actor, standard: Standard) -> None:
    if not can_edit(actor, standard):
        raise NotAllowed
    if not can_change_items(actor, standard):
        raise WrongState(mark("Only a draft can be changed. Begin a new version: what is in force stays as it was signed."))


def _check_key(standard: Standard, details: ItemDetails, item: StandardItem | None) -> None:
    if not ITEM_KEY.fullmatch(details.key) or not is_block(standard.service_line, details.block):
        raise Invalid(
            errors=(
                FieldError("key", mark("A key is a block of this service line, a dot and a name, as in “floors.handrail”.")),
            )
        )
    others = StandardItem.objects.filter(standard=standard, key=details.key)
    if (others.exclude(pk=item.pk) if item is not None else others).exists():
        raise Invalid(errors=(FieldError("key", mark("Another item of this version has the same key.")),))


def _next_number(standard: Standard, block: str) -> str:
    blocks = list(dict.fromkeys(StandardItem.objects.filter(standard=standard).order_by("id").values_list("block", flat=True)))
    position = blocks.index(block) if block in blocks else len(blocks)
    numbers = StandardItem.objects.filter(standard=standard, block=block).values_list("number", flat=True)
    last = max((int(number.rsplit(".", 1)[-1]) for number in numbers if number.rsplit(".", 1)[-1].isdecimal()), default=0)
    return f"{position + 1}.{last + 1}"
