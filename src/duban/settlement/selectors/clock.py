"""The statutory payment clock of a statement, by the sizes declared at signing."""

from django.utils import timezone

from duban.kernel.money import NOTHING
from duban.settlement.domain.clock import ClockInputs, PayerKind, PaymentClock, payment_clock
from duban.settlement.models import Statement


def clock_inputs(statement: Statement) -> ClockInputs:
    """What the clock is computed from; what is still unpaid would bear the interest."""
    contract = statement.contract
    return ClockInputs(
        payer=PayerKind(contract.buyer_size_class),
        payee=PayerKind(contract.vendor_size_class),
        confirmed_on=statement.confirmed_on,
        agreed_days=contract.payment_days,
        overdue_amount=max(statement.payable_amount - statement.paid_amount, NOTHING),
        today=timezone.localdate(),
    )


def clock_of(statement: Statement) -> PaymentClock:
    """The clock as it stands today."""
    return payment_clock(clock_inputs(statement))
