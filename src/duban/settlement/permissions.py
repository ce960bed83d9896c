"""Rights and rules of settlement."""

from collections.abc import Iterable
from enum import StrEnum

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.states import VendorState
from duban.settlement.models import Statement, StatementAppeal, StatementLine, WorkCount

ANSWERABLE = frozenset({"sent", "disputed"})
PAYABLE = frozenset({"disputed", "confirmed", "final"})


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "settlement.view"
    EDIT = "settlement.edit"
    SEND = "settlement.send"
    CONFIRM = "settlement.confirm"
    APPEAL = "settlement.appeal"
    DECIDE_APPEAL = "settlement.decide_appeal"
    FINALISE = "settlement.finalise"
    PAY = "settlement.pay"
    COUNT = "settlement.count"


def holds(actor: Actor, code: Code, statement: Statement) -> bool:
    """Whether the actor holds `code` at the office of the contract or at the vendor."""
    return any(actor.can(code, path) for path in statement.permission_paths())


def can_answer(actor: Actor, line: StatementLine) -> bool:
    """Whether the vendor may still say yes or no to this line."""
    is_open = line.vendor_state == VendorState.OPEN and line.statement.state in ANSWERABLE
    return line.kind != LineKind.ABSORBED and is_open and holds(actor, Code.CONFIRM, line.statement)


def can_appeal(actor: Actor, line: StatementLine) -> bool:
    """Whether the vendor may appeal this line: open, in the window, and not a mere sum of others."""
    is_own = line.kind not in {LineKind.VAT, LineKind.RETENTION, LineKind.CAP_RELIEF, LineKind.ABSORBED}
    is_open = line.vendor_state == VendorState.OPEN and line.statement.state in ANSWERABLE
    return is_own and is_open and holds(actor, Code.APPEAL, line.statement)


def can_decide(actor: Actor, appeal: StatementAppeal) -> bool:
    """Separation of duties: neither who computed the statement nor who raised the appeal decides it."""
    if appeal.decided_at is not None or not holds(actor, Code.DECIDE_APPEAL, appeal.line.statement):
        return False
    return actor.person_id is None or actor.person_id not in {appeal.line.statement.built_by_id, appeal.raised_by_id}


def can_pay(actor: Actor, statement: Statement) -> bool:
    """Whether a payment may be recorded: the amount (or its undisputed part) is agreed."""
    return statement.state in PAYABLE and holds(actor, Code.PAY, statement)


def speaks_for(actor: Actor, line: ContractLine, *, is_vendor: bool) -> bool:
    """Whether the actor counts work for the vendor of the line, or for the office that signed or the one at the estate."""
    if is_vendor:
        return _holds_at(actor.vendor_paths(Code.COUNT), line.contract.vendor.unit.path)
    held = actor.office_paths(Code.COUNT)
    return _holds_at(held, line.contract.office.path) or _holds_at(held, line.estate.office.path)


def is_entering_side(actor: Actor, count: WorkCount) -> bool:
    """Whether the actor speaks for the side that entered the quantity and may correct or withdraw it."""
    return speaks_for(actor, count.line, is_vendor=count.is_by_vendor)


def is_answering_side(actor: Actor, count: WorkCount) -> bool:
    """Whether the actor speaks for the other side, which confirms the quantity or disputes it."""
    return speaks_for(actor, count.line, is_vendor=not count.is_by_vendor)


def _holds_at(held: Iterable[str], place: str) -> bool:
    return any(place.startswith(path) for path in held)
