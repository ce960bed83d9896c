"""Making statements final, paying them, and the retention ledger."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from duban.contracts.models import Contract
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.money import NOTHING
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.states import advance
from duban.settlement.models import Payment, RetentionEntry, Statement
from duban.settlement.permissions import Code, can_pay
from duban.settlement.selectors.statements import retention_held


@transaction.atomic
def statement_finalise(*, actor: Actor, statement: Statement) -> Statement:
    """Close a confirmed statement for ever and enter its retention into the ledger. Raises `WrongState`, `NotAllowed`."""
    locked = advance(statement, "finalise", actor=actor)
    if locked.retention_amount:
        RetentionEntry.objects.create(
            contract=locked.contract, statement=locked, amount=locked.retention_amount, on=locked.ends_on, note=locked.code
        )
    return _close_if_paid(actor, locked)


@transaction.atomic
def payment_record(*, actor: Actor, statement: Statement, amount: Decimal, paid_on: date, reference: str = "") -> Payment:
    """Record that money was paid. While appeals are open only the undisputed part can be paid, and it should be.

    Raises `NotAllowed`, and `Invalid` for more than what is still due.
    """
    locked = Statement.objects.with_names().select_for_update(of=("self",)).get(pk=statement.pk)
    if not can_pay(actor, locked):
        raise NotAllowed
    due = locked.payable_amount - locked.paid_amount
    if not NOTHING < amount <= due:
        raise Invalid(errors=(FieldError("amount", mark("At most {due} is still to be paid."), {"due": str(due)}),))
    payment = Payment.objects.create(
        statement=locked, amount=amount, paid_on=paid_on, reference=reference, recorded_by_id=actor.person_id
    )
    locked.paid_amount += amount
    locked.save(update_fields=["paid_amount"])
    write_entry(
        actor=actor,
        record=locked,
        action="pay",
        changes={"paid_amount": [str(locked.paid_amount - amount), str(locked.paid_amount)]},
    )
    _close_if_paid(actor, locked)
    return payment


@transaction.atomic
def retention_release(*, actor: Actor, contract: Contract, amount: Decimal, on: date, note: str) -> RetentionEntry:
    """Give back retention; never more than the ledger holds. Raises `NotAllowed`, `Invalid`."""
    actor.require(Code.PAY, contract.office.path)
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    held = retention_held(contract)
    if not NOTHING < amount <= held:
        raise Invalid(errors=(FieldError("amount", mark("The ledger holds {held}."), {"held": str(held)}),))
    entry = RetentionEntry.objects.create(contract=contract, amount=-amount, on=on, note=note)
    write_entry(
        actor=actor,
        record=contract,
        action="release_retention",
        changes={"retention": [str(held), str(held - amount)]},
        reason=note,
    )
    return entry


def _close_if_paid(actor: Actor, statement: Statement) -> Statement:
    if statement.state == "final" and statement.paid_amount >= statement.payable_amount and actor.can(Code.PAY):
        return advance(statement, "close", actor=actor)
    return statement
