"""Change orders and adjustments: what is agreed or decided beside the terms."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from duban.contracts.models import Contract
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.settlement.models import Adjustment, ChangeOrder
from duban.settlement.permissions import Code


@transaction.atomic
def change_order_add(
    *,
    actor: Actor,
    contract: Contract,
    name: str,
    amount: Decimal,
    from_on: date,
    is_monthly: bool = True,
    until_on: date | None = None,
    clause: str = "",
) -> ChangeOrder:
    """Enter an agreed change; it counts from `from_on` on in every statement built from now on.

    Raises `NotAllowed`, `Invalid` for days outside the term of the contract.
    """
    actor.require(Code.EDIT, contract.office.path)
    if not contract.starts_on <= from_on <= contract.ends_on or (until_on is not None and until_on < from_on):
        raise Invalid(errors=(FieldError("from_on", mark("The day lies outside the term of the contract.")),))
    order = ChangeOrder(
        contract=contract, name=name, amount=amount, is_monthly=is_monthly, from_on=from_on, until_on=until_on, clause=clause
    )
    with audited(actor=actor, record=order, action="create"):
        order.save()
    return order


@transaction.atomic
def adjustment_add(
    *, actor: Actor, contract: Contract, period: Period, name: str, amount: Decimal, reason: str, clause: str = ""
) -> Adjustment:
    """Enter a bonus (positive) or deduction (negative) for one period. Raises `NotAllowed`, `Invalid` without a reason."""
    actor.require(Code.EDIT, contract.office.path)
    if not reason.strip() or not amount:
        raise Invalid(errors=(FieldError("reason", mark("An amount and its reason are needed.")),))
    adjustment = Adjustment(
        contract=contract, period_code=period.code, name=name, amount=amount, reason=reason.strip(), clause=clause
    )
    with audited(actor=actor, record=adjustment, action="create", reason=reason):
        adjustment.save()
    return adjustment
