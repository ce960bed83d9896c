"""How many of a vendor's people leave, against the caps of T6: 10 % backbone, 20 % image, 60 % ordinary posts a year.

The rate of a month is those who left in it over the mean of the heads at its beginning and its end. The rate of a year is
the sum of its leavers over the mean of its monthly heads. A month is over the cap if its rate is over a twelfth of the
cap of the year. With fewer heads than the minimum nothing is said ("insufficient data"), and people who only began are
no turnover.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.kernel.trace import Step

PLACES = Decimal("0.0001")
MONTHS = 12
TWO = Decimal(2)


@dataclass(frozen=True)
class Tenure:
    """One person's employment; an unknown first day is long ago, no last day means still there."""

    entered_on: date | None = None
    left_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the person is employed on a day."""
        return (self.entered_on is None or self.entered_on <= day) and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True)
class Cap:
    """What is agreed: the rate of a year, how many months over it trigger, the fewest heads for a rate, and the source."""

    year: Decimal
    trigger_months: int
    minimum_heads: Decimal
    source: str = ""

    @property
    def month(self) -> Decimal:
        """A twelfth of the rate of a year."""
        return (self.year / MONTHS).quantize(PLACES, ROUND_HALF_UP)


@dataclass(frozen=True)
class MonthRate:
    """One month: heads before its first day, at its end, who left in it; no rate without heads enough."""

    month: str
    before: int
    after: int
    leavers: int
    rate: Decimal | None

    @property
    def heads(self) -> Decimal:
        """The mean of both ends."""
        return (self.before + self.after) / TWO


@dataclass(frozen=True)
class Turnover:
    """The verdict over a span of months. `is_over` is `None` where the data do not suffice."""

    months: tuple[MonthRate, ...]
    rate: Decimal | None
    cap: Cap
    over_months: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def is_over(self) -> bool | None:
        """Whether the year's cap is passed."""
        return None if self.rate is None else self.rate > self.cap.year

    @property
    def triggers(self) -> bool:
        """Whether as many months are over as let the buyer withhold the month's fee and terminate (T6); a person decides."""
        return len(self.over_months) >= self.cap.trigger_months


def turnover_of(tenures: Iterable[Tenure], months: Sequence[Period], cap: Cap) -> Turnover:
    """Turnover over consecutive months, with its trace. The rate is scaled to a year where the span is shorter or longer."""
    people = list(tenures)
    rows = tuple(_month(people, month, cap) for month in months)
    heads = sum((row.heads for row in rows), Decimal(0)) / len(rows) if rows else Decimal(0)
    leavers = sum(row.leavers for row in rows)
    rate = None
    if heads and heads >= cap.minimum_heads:
        rate = (Decimal(leavers) / heads * MONTHS / len(rows)).quantize(PLACES, ROUND_HALF_UP)
    over = tuple(row.month for row in rows if row.rate is not None and row.rate > cap.month)
    return Turnover(rows, rate, cap, over, (_rate_step(rows, leavers, heads, rate, cap), _over_step(over, cap)))


def by_category(people: Iterable[tuple[str, Tenure]], months: Sequence[Period], caps: Mapping[str, Cap]) -> dict[str, Turnover]:
    """The same for each kind of post that has a cap and people."""
    groups: dict[str, list[Tenure]] = {}
    for category, tenure in people:
        groups.setdefault(category, []).append(tenure)
    return {category: turnover_of(groups[category], months, cap) for category, cap in caps.items() if category in groups}


def _month(people: Sequence[Tenure], month: Period, cap: Cap) -> MonthRate:
    before = sum(1 for one in people if one.covers(month.start - timedelta(days=1)))
    after = sum(1 for one in people if one.covers(month.end + timedelta(days=1)))
    leavers = sum(1 for one in people if one.left_on is not None and month.start <= one.left_on <= month.end)
    heads = (before + after) / TWO
    rate = (leavers / heads).quantize(PLACES, ROUND_HALF_UP) if heads and heads >= cap.minimum_heads else None
    return MonthRate(month.code, before, after, leavers, rate)


def _rate_step(rows: Sequence[MonthRate], leavers: int, heads: Decimal, rate: Decimal | None, cap: Cap) -> Step:
    return Step(
        label=mark("Turnover, scaled to a year"),
        rule=mark("{leavers} left ÷ {heads} heads on average × 12 ÷ {months} months; cap {cap}; at least {minimum} heads"),
        result="insufficient" if rate is None else str(rate),
        inputs={
            "leavers": str(leavers),
            "heads": f"{heads.quantize(Decimal('0.01')):f}",
            "months": str(len(rows)),
            "cap": _percent(cap.year),
            "minimum": f"{cap.minimum_heads.normalize():f}",
        },
        refs=(cap.source,) if cap.source else (),
    )


def _over_step(over: Sequence[str], cap: Cap) -> Step:
    return Step(
        label=mark("Months over a twelfth of the cap"),
        rule=mark("{count} months over {limit}: {months}; {trigger} let the buyer withhold the fee and terminate (T6)"),
        result="triggers" if len(over) >= cap.trigger_months else "below",
        inputs={
            "count": str(len(over)),
            "limit": _percent(cap.month),
            "months": ", ".join(over) or "–",
            "trigger": str(cap.trigger_months),
        },
    )


def _percent(share: Decimal) -> str:
    """A share as a reader has it: 0.0083 is `0.83%`, 0.1 is `10%`."""
    return f"{(share * 100).normalize():f}%"
