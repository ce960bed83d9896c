"""Base fees: what a contract line earns in a period before anything is deducted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duban.kernel.errors import Invalid
from duban.kernel.money import NOTHING, allocate, fen
from duban.kernel.period import Period
from duban.kernel.text import mark


class FeeBasis(StrEnum):
    """How the price of a line is agreed."""

    LUMP_SUM = "lump_sum"
    PER_POST = "per_post"
    PER_M2 = "per_m2"
    PER_VISIT = "per_visit"
    UNIT_PRICES = "unit_prices"


PER_MONTH = frozenset({FeeBasis.LUMP_SUM, FeeBasis.PER_POST, FeeBasis.PER_M2})


@dataclass(frozen=True)
class PricedQuantity:
    """One row of a unit price list: `quantity` × `price`."""

    label: str
    price: Decimal
    quantity: Decimal


@dataclass(frozen=True)
class FeeSpan:
    """A fee that holds from day to day (both included, `None` open).

    For the bases paid by month `price` × `quantity` is the fee of a whole month (quantity 1 for a lump sum, posts, or m²).
    Per visit, `quantity` counts the visits made inside the period. For unit prices `items` are the quantities accepted;
    without items `price` × `quantity` stands for them.
    """

    basis: FeeBasis
    price: Decimal = NOTHING
    quantity: Decimal = Decimal(1)
    from_on: date | None = None
    until_on: date | None = None
    items: tuple[PricedQuantity, ...] = ()

    @property
    def monthly_amount(self) -> Decimal:
        """Fee of one whole month, to the fen; 0 for the bases that are not paid by month."""
        return fen(self.price * self.quantity) if self.basis in PER_MONTH else NOTHING

    def counted_amount(self) -> Decimal:
        """Fee of what was counted: the sum of the priced quantities (each row rounded), else price × quantity."""
        if self.items:
            return sum((fen(item.price * item.quantity) for item in self.items), NOTHING)
        return fen(self.price * self.quantity)


def month_parts(amount: Decimal, month: Period, spans: Sequence[tuple[date | None, date | None]]) -> tuple[Decimal, ...]:
    """The parts of a month's `amount` that fall on `spans`, by days.

    The days covered by no span get their part too and are left out of the result; so parts that cover the month
    add up to `amount`, and the remainder of rounding is placed once. Spans that overlap raise `Invalid`.
    """
    days = [month.overlap_days(from_on, until_on) for from_on, until_on in spans]
    uncovered = month.day_count - sum(days)
    if uncovered < 0:
        raise Invalid(mark("The fee spans overlap in {month}."), month=month.code)
    return allocate(fen(amount), [*days, uncovered])[: len(days)]


def base_amounts(spans: Sequence[FeeSpan], period: Period) -> tuple[Decimal, ...]:
    """What each span of a line earns in `period`, in order, to the fen.

    Monthly fees are shared out by days month by month; spans of the same monthly fee share one allocation, so cutting
    a span in two changes nothing in the sum. Counted fees are taken as they are.
    """
    totals = [NOTHING if span.basis in PER_MONTH else span.counted_amount() for span in spans]
    groups: dict[Decimal, list[int]] = {}
    for index, span in enumerate(spans):
        if span.basis in PER_MONTH:
            groups.setdefault(span.monthly_amount, []).append(index)
    for month in period.months:
        for amount, members in groups.items():
            parts = month_parts(amount, month, [(spans[index].from_on, spans[index].until_on) for index in members])
            for index, part in zip(members, parts, strict=True):
                totals[index] += part
    return tuple(totals)
