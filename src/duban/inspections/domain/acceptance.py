"""How likely a lot passes: the operating characteristic of a single sampling plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import comb

ONE = Decimal(1)
PLACES = Decimal("0.000001")
PRECISION = 60
"""Digits to reckon with: the largest samples multiply binomials of hundreds of digits by powers as small."""


@dataclass(frozen=True)
class Point:
    """A faulty fraction and how likely it passes."""

    fraction: Decimal
    probability: Decimal


def pass_probability(n: int, ac: int, fraction: Decimal) -> Decimal:
    """How likely at most `ac` of `n` places are faulty where each is so with `fraction`, to six decimals, half up.

    Binomial (type B of the standard): it speaks of the vendor's work as such, of which a lot is a sample itself.
    """
    with localcontext() as context:
        context.prec = PRECISION
        total = sum((_exactly(n, faulty, fraction) for faulty in range(min(ac, n) + 1)), Decimal(0))
        return min(total, ONE).quantize(PLACES)


def curve(n: int, ac: int, fractions: Sequence[Decimal]) -> tuple[Point, ...]:
    """The operating characteristic at these fractions."""
    return tuple(Point(fraction, pass_probability(n, ac, fraction)) for fraction in fractions)


def _exactly(n: int, faulty: int, fraction: Decimal) -> Decimal:
    return comb(n, faulty) * _power(fraction, faulty) * _power(ONE - fraction, n - faulty)


def _power(base: Decimal, exponent: int) -> Decimal:
    return ONE if exponent == 0 else base**exponent
