"""Rights of attendance."""

from enum import StrEnum

from duban.attendance.models import Slot
from duban.kernel.actor import Actor


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "attendance.view"
    EDIT = "attendance.edit"


def can_decide(actor: Actor, slot: Slot) -> bool:
    """Whether the actor may decide a slot; a vendor never may."""
    return any(actor.can(Code.EDIT, path) for path in slot.permission_paths()[:2])
