"""Rights over estates, places and posts."""

from enum import StrEnum

from duban.estates.models import Estate, Place, Post
from duban.kernel.actor import Actor


class Code(StrEnum):
    """Rights of this app."""

    VIEW = "estates.view"
    EDIT = "estates.edit"


def can_edit(actor: Actor, thing: Estate | Place | Post) -> bool:
    """Whether the actor may change an estate, its places or its posts."""
    return any(actor.can(Code.EDIT, path) for path in thing.permission_paths())


def can_create(actor: Actor) -> bool:
    """Whether the actor may enter estates anywhere."""
    return bool(actor.office_paths(Code.EDIT))
