"""Reference pictures of items: how it should look, and how it must not."""

from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed, NotFound, WrongState
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.files.models import StoredFile
from duban.platform.files.services import Source, store_file
from duban.platform.files.sniffing import FileKind
from duban.standards.models import StandardItem
from duban.standards.permissions import can_edit, can_show_pictures

SIDES = ("good_picture", "bad_picture")
PICTURE_LIMIT = 8 * 1024 * 1024
"""Bytes of one picture; phones carry a smaller copy of it."""


@transaction.atomic
def item_picture_set(*, actor: Actor, item: StandardItem, side: str, source: Source, name: str = "") -> StandardItem:
    """Give an item its good or bad picture, in place of the one before; phones get it with their next pack.

    A picture shows what the words of the item say and changes nothing of them, so a version in force may get one too.
    Raises `NotAllowed`, `NotFound` for another side, `WrongState` for a version that is over, `Invalid` for what is no
    picture or too large; then nothing is kept.
    """
    _require_pictures(actor, item, side)
    file = store_file(actor=actor, source=source, name=name, limit=PICTURE_LIMIT, kinds=(FileKind.IMAGE,))
    return _set(actor, item, side, file)


@transaction.atomic
def item_picture_drop(*, actor: Actor, item: StandardItem, side: str) -> StandardItem:
    """Take a picture away again. Raises as `item_picture_set`."""
    _require_pictures(actor, item, side)
    return _set(actor, item, side, None)


def _set(actor: Actor, item: StandardItem, side: str, file: StoredFile | None) -> StandardItem:
    before: StoredFile | None = getattr(item, side)
    setattr(item, side, file)
    item.save(update_fields=[side])
    change = [before.sha256 if before else None, file.sha256 if file else None]
    write_entry(actor=actor, record=item.standard, action=side, changes={item.key: change})
    return item


def _require_pictures(actor: Actor, item: StandardItem, side: str) -> None:
    if side not in SIDES:
        raise NotFound
    if not can_edit(actor, item.standard):
        raise NotAllowed
    if not can_show_pictures(actor, item.standard):
        raise WrongState(mark("A version that is over keeps the pictures it had."))
