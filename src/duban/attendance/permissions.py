"""Rights of attendance."""

from enum import StrEnum

from duban.attendance.models import Slot
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "attendance.view"
    EDIT = "attendance.edit"
    ROSTER = "attendance.roster"
    PUNCH = "attendance.punch"


def can_roster(actor: Actor, line: ContractLine) -> bool:
    """Whether the actor makes rosters for this line's vendor. Only the vendor's own people ever may: it is the employer."""
    return _holds(actor, Code.ROSTER, line)


def can_punch(actor: Actor, line: ContractLine) -> bool:
    """Whether the actor may check people of this line's vendor in and out."""
    return _holds(actor, Code.PUNCH, line)


def can_set_rules(actor: Actor, line: ContractLine) -> bool:
    """Whether the actor may change grace, free misses and patrol routes of a line; the vendor may not."""
    return actor.can(Code.EDIT, line.estate.office.path) or actor.can(Code.EDIT, line.contract.office.path)


def _holds(actor: Actor, code: Code, line: ContractLine) -> bool:
    return any(line.contract.vendor.unit.path.startswith(path) for path in actor.vendor_paths(code))


def can_decide(actor: Actor, slot: Slot) -> bool:
    """Whether the actor may decide a slot; a vendor never may."""
    return any(actor.can(Code.EDIT, path) for path in slot.permission_paths()[:2])
