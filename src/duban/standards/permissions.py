"""Rights over standards, checklists and licence rules."""

from enum import StrEnum

from duban.kernel.actor import Actor
from duban.standards.models import Standard


class Code(StrEnum):
    """Rights of this app."""

    VIEW = "standards.view"
    EDIT = "standards.edit"
    ENACT = "standards.enact"


def can_edit(actor: Actor, standard: Standard) -> bool:
    """Whether the actor may change a draft, or begin a new version; a version in force is changed by nobody."""
    return any(actor.can(Code.EDIT, path) for path in standard.permission_paths())


def can_change_items(actor: Actor, standard: Standard) -> bool:
    """Whether the items may be changed now: only of a draft."""
    return standard.state == "draft" and can_edit(actor, standard)


def can_show_pictures(actor: Actor, standard: Standard) -> bool:
    """Whether items may get reference pictures: of a draft or of the version in force; of what is over nobody's."""
    return standard.state in {"draft", "in_force"} and can_edit(actor, standard)


def can_edit_rules(actor: Actor) -> bool:
    """Whether the actor may change the licence rules, which hold for the whole tenant."""
    return bool(actor.office_paths(Code.EDIT))
