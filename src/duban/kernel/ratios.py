"""Additive ratios, the interval that belongs to a sampled share, and how large a sample must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

Z_95 = Decimal("1.959963984540054")
"""Two-sided 95 % point of the normal distribution."""

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Ratio:
    """A numerator over a denominator that adds part by part: (1/2) + (3/4) = 4/6, never 1.25."""

    numerator: Decimal = ZERO
    denominator: Decimal = ZERO

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def value(self) -> Decimal | None:
        """The share (1 = 100 %), or `None` where nothing was measured."""
        return self.numerator / self.denominator if self.denominator > 0 else None


def total(ratios: Iterable[Ratio]) -> Ratio:
    """Sum of ratios, part by part; nothing gives 0/0."""
    return sum(ratios, start=Ratio())


@dataclass(frozen=True)
class Interval:
    """Lower and upper bound of a figure, both included."""

    low: Decimal
    high: Decimal


def wilson(ratio: Ratio, *, z: Decimal = Z_95) -> Interval:
    """Wilson score interval of a share; 45/50 gives 0.786–0.957, nothing measured gives 0–1.

    Unlike the textbook interval it never leaves 0–1 and stays honest for small samples. A numerator outside
    0..denominator is brought to the nearer end first. Unrounded, 28 significant digits.
    """
    if ratio.denominator <= 0:
        return Interval(ZERO, ONE)
    count = ratio.denominator
    share = min(max(ratio.numerator / count, ZERO), ONE)
    square = z * z
    centre = share + square / (2 * count)
    spread = z * ((share * (1 - share) + square / (4 * count)) / count).sqrt()
    scale = 1 + square / count
    low = ZERO if share == 0 else max((centre - spread) / scale, ZERO)
    high = ONE if share == 1 else min((centre + spread) / scale, ONE)
    return Interval(low, high)


def sample_size(population: int, *, error: Decimal, z: Decimal = Decimal("1.96")) -> int:
    """Answers needed to know a share within ± `error` at 95 %: n0 = z²·0.25/e², then n0 / (1 + (n0−1)/N).

    Rounded up (1000 people, 5 % → 278); never more than the population; 0 for nobody.
    """
    if population <= 0:
        return 0
    unlimited = z * z * Decimal("0.25") / (error * error)
    needed = unlimited / (1 + (unlimited - 1) / population)
    return min(population, int(needed.to_integral_value(rounding=ROUND_CEILING)))
