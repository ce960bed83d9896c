"""The statutory payment clock of 保障中小企业款项支付条例 (2025), the regulation on payments to smaller firms."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from duban.kernel.calendar import add_natural_days
from duban.kernel.money import NOTHING, fen
from duban.kernel.text import mark
from duban.settlement.domain.figures import Flag

LARGE_PAYER_DAYS = 60
PUBLIC_PAYER_DAYS = 30
PUBLIC_PAYER_MOST_DAYS = 60
DAILY_INTEREST_RATE = Decimal("0.0005")
DAYS_OF_YEAR = 365


class PayerKind(StrEnum):
    """Who pays, as classed at signing (§3: the size at signing counts, later growth changes nothing)."""

    PUBLIC = "public"
    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


SMALLER = frozenset({PayerKind.MEDIUM, PayerKind.SMALL, PayerKind.MICRO})


@dataclass(frozen=True)
class ClockInputs:
    """What starts and stops the clock.

    With regular settlement it starts when both sides confirm the amount (§9). Before that, delivery plus the agreed
    acceptance time starts it if acceptance is overdue (§10). `agreed_days` is the contract's own payment time.
    `agreed_yearly_rate` is the overdue interest agreed, `lpr_rate` the one-year loan prime rate at signing, both yearly.
    """

    payer: PayerKind
    payee: PayerKind
    confirmed_on: date | None = None
    delivered_on: date | None = None
    acceptance_days: int | None = None
    agreed_days: int | None = None
    agreed_yearly_rate: Decimal | None = None
    lpr_rate: Decimal | None = None
    overdue_amount: Decimal = NOTHING
    today: date | None = None


@dataclass(frozen=True)
class PaymentClock:
    """When money is due at the latest and what a delay costs.

    `due_on` is `None` while nothing started the clock, or where neither statute nor contract sets a time. `day_count` is
    the time allowed. The interest is for `overdue_days` up to `today`, to the fen.
    """

    is_statutory: bool
    started_on: date | None
    started_by: str
    day_count: int | None
    due_on: date | None
    basis: str
    daily_rate: Decimal
    overdue_days: int
    interest_amount: Decimal
    flags: tuple[Flag, ...]

    def days_left(self, today: date) -> int | None:
        """Days until the due date, negative when overdue."""
        return None if self.due_on is None else (self.due_on - today).days


def payment_clock(inputs: ClockInputs) -> PaymentClock:
    """Compute the clock. A large payer has 60 days towards smaller firms, a public one 30 (agreed: at most 60)."""
    is_statutory = _is_statutory(inputs)
    days, flags = _days(inputs, is_statutory=is_statutory)
    started_on, started_by = _start(inputs)
    due_on = None if started_on is None or days is None else add_natural_days(started_on, days)
    rate, rate_flags = _daily_rate(inputs, is_statutory=is_statutory)
    overdue = max(0, (inputs.today - due_on).days) if inputs.today is not None and due_on is not None else 0
    return PaymentClock(
        is_statutory=is_statutory,
        started_on=started_on,
        started_by=started_by,
        day_count=days,
        due_on=due_on,
        basis=_basis(inputs, is_statutory=is_statutory),
        daily_rate=rate,
        overdue_days=overdue,
        interest_amount=overdue_interest(inputs.overdue_amount, overdue, rate),
        flags=(*flags, *rate_flags),
    )


def overdue_interest(amount: Decimal, days: int, daily_rate: Decimal = DAILY_INTEREST_RATE) -> Decimal:
    """Amount × daily rate × days, to the fen; 100,000 for 30 days at 0.05 % is 1,500.00 (§17, nothing agreed)."""
    return fen(amount * daily_rate * max(0, days))


def _is_statutory(inputs: ClockInputs) -> bool:
    return inputs.payer in {PayerKind.PUBLIC, PayerKind.LARGE} and inputs.payee in SMALLER


def _days(inputs: ClockInputs, *, is_statutory: bool) -> tuple[int | None, tuple[Flag, ...]]:
    agreed = inputs.agreed_days
    if not is_statutory:
        return agreed, ()
    if inputs.payer is PayerKind.PUBLIC:
        if agreed is None:
            return PUBLIC_PAYER_DAYS, ()
        if agreed > PUBLIC_PAYER_MOST_DAYS:
            return PUBLIC_PAYER_MOST_DAYS, (_flag("agreed_too_long", agreed, PUBLIC_PAYER_MOST_DAYS),)
        return agreed, ()
    if agreed is None:
        return LARGE_PAYER_DAYS, ()
    return agreed, ((_flag("agreed_unusual", agreed, LARGE_PAYER_DAYS),) if agreed > LARGE_PAYER_DAYS else ())


def _flag(code: str, agreed: int, most: int) -> Flag:
    message = mark(
        "The contract allows {agreed} days; the statute {most}. The longer time needs a good reason or does not hold."
    )
    return Flag(code, message, {"agreed": str(agreed), "most": str(most)})


def _start(inputs: ClockInputs) -> tuple[date | None, str]:
    expiry: date | None = None
    if inputs.delivered_on is not None and inputs.acceptance_days is not None:
        expiry = inputs.delivered_on + timedelta(days=inputs.acceptance_days)
    confirmed = inputs.confirmed_on
    if expiry is not None and (confirmed is None or expiry < confirmed):
        is_over = inputs.today is None or expiry < inputs.today
        if is_over:
            return expiry, mark("acceptance overdue")
    return (confirmed, mark("settlement confirmed")) if confirmed is not None else (None, mark("not started"))


def _daily_rate(inputs: ClockInputs, *, is_statutory: bool) -> tuple[Decimal, tuple[Flag, ...]]:
    agreed = inputs.agreed_yearly_rate
    if agreed is None:
        return (DAILY_INTEREST_RATE if is_statutory else Decimal(0)), ()
    floor = inputs.lpr_rate
    if is_statutory and floor is not None and agreed < floor:
        message = mark("The agreed overdue interest is below the one-year LPR at signing; the LPR applies.")
        return floor / DAYS_OF_YEAR, (Flag("interest_below_lpr", message),)
    return agreed / DAYS_OF_YEAR, ()


def _basis(inputs: ClockInputs, *, is_statutory: bool) -> str:
    if not is_statutory:
        return mark("by contract only")
    if inputs.payer is PayerKind.PUBLIC:
        return mark("public body → smaller firm, §9")
    return mark("large → smaller firm, §9")
