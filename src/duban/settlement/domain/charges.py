"""Money rules: what facts cost directly, apart from the score.

Every rule answers two questions. `nominal`: what one fact alone would cost, which decides who of two rules that both want
a fact may have it. `total`: what the facts given to it cost together, after free counts, quotas, daily caps, to the fen.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from duban.kernel.money import NOTHING, fen
from duban.kernel.period import Period
from duban.settlement.domain.facts import Fact, Match

HUNDRED = Decimal(100)


class ChargeKind(StrEnum):
    """The money rules by name."""

    FIXED_LIST = "fixed_list"
    VACANCY = "vacancy"
    LATENESS = "lateness"
    FREE_QUOTA = "free_quota"
    ESCALATING = "escalating"
    PERCENT_LIST = "percent_list"
    DAILY_POOL = "daily_pool"


@dataclass(frozen=True)
class ChargeContext:
    """What a rule may look at beside the facts: the line's fee and price, the period, the place in the contract term.

    `earlier_amount` is the fee of earlier months that the line's card judges together with this one.
    """

    fee_amount: Decimal
    period: Period
    hourly_price: Decimal | None = None
    months_since_start: int = 0
    prior_count: int = 0
    earlier_amount: Decimal = NOTHING

    @property
    def scored_amount(self) -> Decimal:
        """The fee that the score pays for: of all months of the card."""
        return self.fee_amount + self.earlier_amount


@dataclass(frozen=True)
class RuleHead:
    """What every money rule has: a stable code, the clause it stands in, its name, which facts it takes.

    `is_capped` false takes the rule out of the cap (a red line that costs the whole fee, T6).
    """

    code: str
    clause: str
    label: Mapping[str, str]
    match: Match
    is_capped: bool = True


@dataclass(frozen=True)
class ListItem:
    """One row of a list: what one unit of a matching fact costs (yuan, or percent of the fee)."""

    key: str
    price: Decimal


@dataclass(frozen=True)
class FixedList:
    """T5, T7, T17: Σ quantity × amount. The first `free_count` facts of the period are free (earliest first).

    `only_repeat` charges only facts found again at the re-check (T7: first time points, second time money).
    `daily_cap` limits one subject on one day.
    """

    KIND: ClassVar = ChargeKind.FIXED_LIST
    head: RuleHead
    items: tuple[ListItem, ...]
    free_count: int = 0
    only_repeat: bool = False
    daily_cap: Decimal | None = None

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """Quantity × amount of the first row that fits the key."""
        del context
        return NOTHING if self.only_repeat and not fact.is_repeat else fen(_price(self.items, fact) * fact.quantity)

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """Sum over the facts that are not free, held by the daily cap."""
        charged = sorted(facts, key=lambda fact: (fact.on, fact.ref))[self.free_count :]
        return _capped_by_day([(fact, self.nominal(fact, context)) for fact in charged], self.daily_cap)


@dataclass(frozen=True)
class Vacancy:
    """T17: absent hours × hourly price × factor. The price stands in the rule or, without one, in the line."""

    KIND: ClassVar = ChargeKind.VACANCY
    head: RuleHead
    factor: Decimal
    hourly_price: Decimal | None = None

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """Hours of this slot × price × factor."""
        return fen(self._exact(fact, context))

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """All hours together, rounded once."""
        return fen(sum((self._exact(fact, context) for fact in facts), NOTHING))

    def _exact(self, fact: Fact, context: ChargeContext) -> Decimal:
        price = self.hourly_price if self.hourly_price is not None else context.hourly_price
        return fact.quantity * (price or NOTHING) * self.factor


@dataclass(frozen=True)
class LatenessBand:
    """Up to and including `minutes` late costs `amount`."""

    minutes: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Lateness:
    """T17: minutes late or left early cost by band; beyond the last band the fact counts as absence of `absence_hours`."""

    KIND: ClassVar = ChargeKind.LATENESS
    head: RuleHead
    bands: tuple[LatenessBand, ...]
    absence_hours: Decimal = NOTHING
    absence_factor: Decimal = Decimal(1)
    free_count: int = 0
    daily_cap: Decimal | None = None

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """Amount of the first band that reaches the minutes."""
        for band in sorted(self.bands, key=lambda band: band.minutes):
            if fact.quantity <= band.minutes:
                return fen(band.amount)
        return fen(self.absence_hours * (context.hourly_price or NOTHING) * self.absence_factor)

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """Sum over the facts that are not free, held by the daily cap."""
        charged = sorted(facts, key=lambda fact: (fact.on, fact.ref))[self.free_count :]
        return _capped_by_day([(fact, self.nominal(fact, context)) for fact in charged], self.daily_cap)


@dataclass(frozen=True)
class FreeQuota:
    """T16: points beyond a quota cost `amount_per_point`; during the first `grace_months` the quota is `grace_quota`."""

    KIND: ClassVar = ChargeKind.FREE_QUOTA
    head: RuleHead
    amount_per_point: Decimal
    quota: Decimal
    grace_months: int = 0
    grace_quota: Decimal = NOTHING

    def quota_at(self, months_since_start: int) -> Decimal:
        """Points free of charge in the month that begins `months_since_start` whole months into the contract."""
        return self.grace_quota if months_since_start < self.grace_months else self.quota

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """Points × amount, as if nothing were free."""
        del context
        return fen(fact.penalty_points * self.amount_per_point)

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """max(0, points − quota) × amount."""
        points = sum((fact.penalty_points for fact in facts), NOTHING)
        return fen(max(NOTHING, points - self.quota_at(context.months_since_start)) * self.amount_per_point)


@dataclass(frozen=True)
class Escalating:
    """T2: the 1st, 2nd, 3rd … grave failure of the contract term costs `rates` of the period's fee; the last rate goes on."""

    KIND: ClassVar = ChargeKind.ESCALATING
    head: RuleHead
    rates: tuple[Decimal, ...]

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """What the next failure would cost."""
        del fact
        return fen(context.fee_amount * self.rate_of(context.prior_count))

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """Each failure at its own step, counted on from `prior_count`."""
        rates = (self.rate_of(context.prior_count + index) for index in range(len(facts)))
        return fen(context.fee_amount * sum(rates, NOTHING))

    def rate_of(self, earlier: int) -> Decimal:
        """Rate of the failure that has `earlier` failures before it."""
        return self.rates[min(earlier, len(self.rates) - 1)]


@dataclass(frozen=True)
class PercentList:
    """T6, T9: a fact costs a percentage of the fee per unit; `fee_months` 3 takes it of a quarter's fee."""

    KIND: ClassVar = ChargeKind.PERCENT_LIST
    head: RuleHead
    items: tuple[ListItem, ...]
    fee_months: int = 1

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """Percent × quantity of the fee."""
        months = Decimal(self.fee_months) / len(context.period.months)
        return fen(context.fee_amount * months * _price(self.items, fact) * fact.quantity / HUNDRED)

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """Sum over the facts."""
        return sum((self.nominal(fact, context) for fact in facts), NOTHING)


@dataclass(frozen=True)
class DailyPool:
    """T18: a pool of the month's fee is laid out by days; each day's quota is shared by the items of all areas.

    One failed item costs quota ÷ items, a day never more than its quota.
    """

    KIND: ClassVar = ChargeKind.DAILY_POOL
    head: RuleHead
    pool_rate: Decimal
    areas: tuple[tuple[str, Decimal], ...]

    def nominal(self, fact: Fact, context: ChargeContext) -> Decimal:
        """Share of the failed items in the quota of that day, never more than the quota."""
        return fen(min(self._exact_quota(fact.on, context), self._exact(fact, context)))

    def total(self, facts: Sequence[Fact], context: ChargeContext) -> Decimal:
        """Day by day, each held by the day's quota and rounded."""
        days: defaultdict[date, Decimal] = defaultdict(Decimal)
        for fact in facts:
            days[fact.on] += self._exact(fact, context)
        return sum((fen(min(self._exact_quota(day, context), amount)) for day, amount in days.items()), NOTHING)

    def _exact(self, fact: Fact, context: ChargeContext) -> Decimal:
        items = sum((count for _, count in self.areas), NOTHING)
        return self._exact_quota(fact.on, context) * fact.quantity / items

    def _exact_quota(self, day: date, context: ChargeContext) -> Decimal:
        monthly = context.fee_amount / len(context.period.months)
        return monthly * self.pool_rate / Period.month_of(day).day_count


def daily_quota(monthly_fee: Decimal, pool_rate: Decimal, day_count: int) -> Decimal:
    """T18: monthly fee × pool ÷ days, to the fen (100,000 × 10 % ÷ 31 = 322.58)."""
    return fen(monthly_fee * pool_rate / day_count)


ChargeRule = FixedList | Vacancy | Lateness | FreeQuota | Escalating | PercentList | DailyPool


@dataclass(frozen=True)
class Assignment:
    """Which facts each rule may charge (by rule code), and the refs another rule gave way on."""

    by_rule: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    given_way: tuple[str, ...] = ()


def assign(rules: Sequence[ChargeRule], facts: Sequence[Fact], context: ChargeContext) -> Assignment:
    """Give each fact to one rule only: the one that asks most for it, the earlier rule on a tie.

    A fact that comes twice under one ref is taken once.
    """
    by_rule: defaultdict[str, list[Fact]] = defaultdict(list)
    given_way: list[str] = []
    for fact in {fact.ref: fact for fact in facts}.values():
        wanting = [rule for rule in rules if rule.head.match.takes(fact)]
        if not wanting:
            continue
        winner = max(wanting, key=lambda rule: rule.nominal(fact, context))
        by_rule[winner.head.code].append(fact)
        if len(wanting) > 1:
            given_way.append(fact.ref)
    return Assignment({code: tuple(given) for code, given in by_rule.items()}, tuple(given_way))


def _price(items: Sequence[ListItem], fact: Fact) -> Decimal:
    for item in items:
        if item.key in {"*", fact.key} or fact.key.startswith(f"{item.key}:") or item.key == fact.kind:
            return item.price
    return NOTHING


def _capped_by_day(charged: Sequence[tuple[Fact, Decimal]], cap: Decimal | None) -> Decimal:
    """Sum of the amounts, no subject paying more than `cap` on one day; facts without a subject share none."""
    days: defaultdict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for fact, amount in charged:
        days[(fact.subject or fact.ref, fact.on)] += amount
    return sum((amount if cap is None else min(cap, amount) for amount in days.values()), NOTHING)
