"""Which share of the fee a score earns: the payment functions that look at the score alone.

Scores run from 0 to 100; rates are shares of the fee (1 = all of it) and never leave 0–1.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from duban.kernel.bands import Band, BandTable, band_errors
from duban.kernel.text import mark
from duban.settlement.domain.definition import Node

FULL = Decimal(1)
NONE = Decimal(0)
HUNDRED = Decimal(100)


class Consequence(StrEnum):
    """What a band asks for besides money."""

    NOTHING = "nothing"
    RECTIFICATION = "rectification"
    WARNING = "warning"
    TERMINATION = "termination"


class RateKind(StrEnum):
    """The payment functions by name."""

    TIER_RATE = "tier_rate"
    PER_POINT_PCT = "per_point_pct"
    OFFSET_RATE = "offset_rate"
    HOLDBACK_POOL = "holdback_pool"


@dataclass(frozen=True)
class PerPoint:
    """1 − (base_for_penalty − score) × percent / 100.

    From which score the points are counted (100 or the threshold) changes the result by a third of the fee
    (69 points: 31 % or 1 % with 100 or 70), and the contract texts leave it open; so it has no default.
    """

    base_for_penalty: Decimal
    percent: Decimal = FULL

    def rate(self, score: Decimal) -> Decimal:
        """Share of the fee at `score`."""
        return limited(FULL - (self.base_for_penalty - score) * self.percent / HUNDRED)


@dataclass(frozen=True)
class Tier:
    """One half-open band `[from_score, next band)`: a fixed rate, or points counted down."""

    from_score: Decimal
    rate: Decimal | None = None
    per_point: PerPoint | None = None
    consequence: Consequence = Consequence.NOTHING

    def rate_at(self, score: Decimal) -> Decimal:
        """Share of the fee at `score`, also exactly on the upper edge (the value just below it)."""
        if self.per_point is not None:
            return self.per_point.rate(score)
        return FULL if self.rate is None else self.rate


@dataclass(frozen=True)
class TierRate:
    """T2, T3: the rate is looked up by score; bands are half-open, so 89.5 falls into [80, 90)."""

    KIND: ClassVar = RateKind.TIER_RATE
    tiers: tuple[Tier, ...]

    @property
    def table(self) -> BandTable[Tier]:
        """The tiers in rising order."""
        return _table(self.tiers)

    def tier(self, score: Decimal) -> Tier:
        """The tier that holds `score`; the lowest also holds what lies below 0."""
        found = self.table.find(score)
        return self.tiers[0] if found is None else found.value

    def rate(self, score: Decimal) -> Decimal:
        """Share of the fee at `score`."""
        return self.tier(score).rate_at(score)


@dataclass(frozen=True)
class PerPointPct:
    """T2, T13: full pay from `threshold` on; below it every point counted from `base_for_penalty` costs `percent`."""

    KIND: ClassVar = RateKind.PER_POINT_PCT
    threshold: Decimal
    base_for_penalty: Decimal
    percent: Decimal = FULL

    def rate(self, score: Decimal) -> Decimal:
        """Share of the fee at `score`."""
        return FULL if score >= self.threshold else PerPoint(self.base_for_penalty, self.percent).rate(score)


@dataclass(frozen=True)
class OffsetRate:
    """T4: full pay from `threshold` on, below it (`offset` + score) percent."""

    KIND: ClassVar = RateKind.OFFSET_RATE
    threshold: Decimal
    offset: Decimal

    def rate(self, score: Decimal) -> Decimal:
        """Share of the fee at `score`."""
        return FULL if score >= self.threshold else limited((self.offset + score) / HUNDRED)


@dataclass(frozen=True)
class HoldbackPool:
    """T5: only a pool of the fee depends on the score: (1 − pool) + pool × assessed rate.

    The assessed rate is `inner`, or score / 100 without one.
    """

    KIND: ClassVar = RateKind.HOLDBACK_POOL
    pool_rate: Decimal
    inner: "TierRate | PerPointPct | OffsetRate | None" = None

    def rate(self, score: Decimal) -> Decimal:
        """Share of the fee at `score`."""
        assessed = limited(score / HUNDRED) if self.inner is None else self.inner.rate(score)
        return FULL - self.pool_rate + self.pool_rate * assessed


ScoreRule = TierRate | PerPointPct | OffsetRate | HoldbackPool


@dataclass(frozen=True)
class RateCliff:
    """A jump of the rate near a score: where it is, how far away, and what the rate is on the other side."""

    is_below: bool
    edge: Decimal
    distance: Decimal
    rate_beyond: Decimal


def cliffs(rule: ScoreRule, score: Decimal) -> tuple[RateCliff, ...]:
    """The nearest edges below and above `score` whose crossing changes the rate.

    Below: the rate just under the edge. Above: the rate on the edge. A steady slope has no edge.
    """
    if isinstance(rule, HoldbackPool):
        inner = () if rule.inner is None else cliffs(rule.inner, score)
        base = FULL - rule.pool_rate
        return tuple(
            RateCliff(edge.is_below, edge.edge, edge.distance, base + rule.pool_rate * edge.rate_beyond) for edge in inner
        )
    found: list[RateCliff] = []
    here = rule.rate(score)
    table = rule.table if isinstance(rule, TierRate) else _table(_as_tiers(rule))
    if (below := table.cliff_below(score)) is not None:
        found.append(
            RateCliff(is_below=True, edge=below.edge, distance=below.distance, rate_beyond=below.value.rate_at(below.edge))
        )
    if (above := table.cliff_above(score)) is not None:
        found.append(
            RateCliff(is_below=False, edge=above.edge, distance=above.distance, rate_beyond=above.value.rate_at(above.edge))
        )
    return tuple(edge for edge in found if edge.rate_beyond != here)


def limited(rate: Decimal) -> Decimal:
    """`rate` held between 0 and 1."""
    return min(FULL, max(NONE, rate))


def read_score_rule(node: Node) -> ScoreRule:
    """A payment function from its definition; faults are noted on the node."""
    kind = node.choice("kind", RateKind)
    if kind is RateKind.TIER_RATE:
        return _read_tiers(node)
    if kind is RateKind.OFFSET_RATE:
        node.only("kind", "threshold", "offset")
        return OffsetRate(node.number("threshold", most="100"), node.number("offset", most="100"))
    if kind is RateKind.PER_POINT_PCT:
        node.only("kind", "threshold", "base_for_penalty", "percent")
        base = _read_base(node, threshold=node.number("threshold", most="100"))
        return PerPointPct(node.number("threshold", most="100"), base, node.number("percent", "1", most="100"))
    node.only("kind", "pool_rate", "inner")
    inner = read_score_rule(node.child("inner")) if node.has("inner") else None
    if isinstance(inner, HoldbackPool):
        node.fault("inner", mark("A pool cannot hold another pool."))
        inner = None
    return HoldbackPool(node.number("pool_rate", most="1"), inner)


def _read_tiers(node: Node) -> TierRate:
    node.only("kind", "tiers")
    tiers = tuple(_read_tier(item) for item in node.items("tiers"))
    rising = sorted(tiers, key=lambda tier: tier.from_score)
    errors = band_errors(_bands(tuple(rising)), field="tiers")
    for error in errors:
        node.fault(error.field, error.message, **error.params)
    if tiers and rising[0].from_score != NONE:
        node.fault("tiers", mark("The lowest band must begin at 0."))
    if errors or not tiers:
        return TierRate((Tier(NONE, FULL),))
    return TierRate(tuple(rising))


def _read_tier(node: Node) -> Tier:
    node.only("from_score", "rate", "per_point", "consequence")
    start = node.number("from_score", most="100")
    rate = node.number("rate", most="1") if node.has("rate") else None
    per_point = None
    if node.has("per_point"):
        inner = node.child("per_point")
        inner.only("base_for_penalty", "percent")
        per_point = PerPoint(_read_base(inner), inner.number("percent", "1", most="100"))
    if (rate is None) == (per_point is None):
        node.fault("rate", mark("A band has either a rate or a deduction per point."))
    return Tier(start, rate, per_point, node.choice("consequence", Consequence, Consequence.NOTHING))


def _read_base(node: Node, *, threshold: Decimal | None = None) -> Decimal:
    if not node.has("base_for_penalty"):
        node.fault(
            "base_for_penalty",
            mark("Choose from which score the points are counted (100, or the threshold): the contract text leaves it open."),
        )
        return HUNDRED
    least = "0" if threshold is None else str(threshold)
    return node.number("base_for_penalty", least=least, most="100")


def _bands(rising: tuple[Tier, ...]) -> tuple[Band[Tier], ...]:
    lows: list[Decimal | None] = [None, *(tier.from_score for tier in rising[1:])]
    highs: list[Decimal | None] = [*(tier.from_score for tier in rising[1:]), None]
    return tuple(Band(low, high, tier) for low, high, tier in zip(lows, highs, rising, strict=True)) if rising else ()


def _table(rising: tuple[Tier, ...]) -> BandTable[Tier]:
    return BandTable(_bands(rising))


def _as_tiers(rule: PerPointPct | OffsetRate) -> tuple[Tier, ...]:
    """The two bands of a rule with a threshold, so that its edge is found like any other."""
    if isinstance(rule, PerPointPct):
        below = PerPoint(rule.base_for_penalty, rule.percent)
    else:
        below = PerPoint(HUNDRED - rule.offset, FULL)
    return (Tier(NONE, per_point=below), Tier(rule.threshold, rate=FULL))
