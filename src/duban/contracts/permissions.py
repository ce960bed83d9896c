"""Rights over contracts and their lines."""

from enum import StrEnum

from duban.contracts.models import Contract
from duban.kernel.actor import Actor


class Code(StrEnum):
    """Rights of this app."""

    VIEW = "contracts.view"
    EDIT = "contracts.edit"
    ACTIVATE = "contracts.activate"
    TERMINATE = "contracts.terminate"


def can_edit(actor: Actor, contract: Contract) -> bool:
    """Whether the actor may change the contract now: only a draft, and only where the right is held at its office."""
    return contract.state == "draft" and actor.can(Code.EDIT, contract.office.path)


def can_create(actor: Actor) -> bool:
    """Whether the actor may draw up contracts anywhere."""
    return bool(actor.office_paths(Code.EDIT))
