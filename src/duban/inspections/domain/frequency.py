"""How often a line is looked at by what is known of it: a pure core with trace, the same for the clock and the page.

Rounds of a period = times of the plan × factors of grade, failures, complaints and season, half up, inside the plan's
limits. What is not known moves nothing: a vendor without grade, or a line with too few checks, counts as usual.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from duban.kernel.errors import FieldError
from duban.kernel.text import mark
from duban.kernel.trace import Step

ONE = Decimal(1)
GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Grounds:
    """What is known of a line when a period is planned. `checks` and `complaints` are those of the days looked back on."""

    grade: str = ""
    checks: int = 0
    failed: int = 0
    complaints: int = 0
    is_season: bool = False


@dataclass(frozen=True)
class Factors:
    """By what the rounds are multiplied. A share of failures below `failures_low_below` earns fewer rounds, from
    `failures_high_from` more; complaints count from `complaints_from` and from `complaints_many_from`.
    `sources` says of each where it comes from.
    """

    grades: Mapping[str, Decimal]
    failures_low: Decimal
    failures_low_below: Decimal
    failures_high: Decimal
    failures_high_from: Decimal
    least_checks: int
    complaints_some: Decimal
    complaints_from: int
    complaints_many: Decimal
    complaints_many_from: int
    season: Decimal
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What the plan says: how often usually, and at least and at most."""

    times: int
    least: int
    most: int


@dataclass(frozen=True)
class Often:
    """How often, and why."""

    times: int
    trace: tuple[Step, ...]


def rounds_for(wish: Wish, grounds: Grounds, factors: Factors) -> Often:
    """How many rounds a period gets."""
    parts = (
        _of_grade(grounds, factors),
        _of_failures(grounds, factors),
        _of_complaints(grounds, factors),
        _of_season(grounds, factors),
    )
    product = Decimal(wish.times)
    for factor, _step in parts:
        product *= factor
    whole = int(product.quantize(ONE, rounding=ROUND_HALF_UP))
    times = min(max(whole, wish.least), wish.most)
    first = Step(mark("The plan asks for {times} rounds a period"), "base", str(wish.times), {"times": str(wish.times)})
    values = {"product": _text(product), "whole": str(whole), "least": str(wish.least), "most": str(wish.most)}
    last = Step(mark("{product} rounds, half up, from {least} to {most}"), "clamp", str(times), values)
    return Often(times, (first, *(step for _factor, step in parts), last))


def factor_problems(factors: Factors) -> tuple[FieldError, ...]:
    """What is wrong with the factors: none may be negative, thresholds must rise."""
    return tuple(_problems(factors))


def _problems(factors: Factors) -> Iterable[FieldError]:
    numbers = {
        **{f"grades.{grade}": value for grade, value in factors.grades.items()},
        **{name: getattr(factors, name) for name in ("failures_low", "failures_high", "complaints_some", "complaints_many")},
        "season": factors.season,
    }
    for name, value in numbers.items():
        if value < 0:
            yield FieldError(name, mark("A factor is not negative."))
    if not 0 <= factors.failures_low_below <= factors.failures_high_from <= 1:
        yield FieldError("failures_high_from", mark("Shares of failures rise from 0 to 1."))
    if not 1 <= factors.complaints_from <= factors.complaints_many_from:
        yield FieldError("complaints_many_from", mark("Numbers of complaints rise from 1."))


def _of_grade(grounds: Grounds, factors: Factors) -> tuple[Decimal, Step]:
    factor = factors.grades.get(grounds.grade, ONE)
    if grounds.grade not in factors.grades:
        return ONE, Step(mark("The vendor has no grade yet"), "grade", _text(ONE))
    values = {"grade": grounds.grade, "factor": _text(factor)}
    return factor, Step(mark("Vendor grade {grade}: × {factor}"), "grade", _text(factor), values)


def _of_failures(grounds: Grounds, factors: Factors) -> tuple[Decimal, Step]:
    values = {"failed": str(grounds.failed), "checks": str(grounds.checks)}
    if grounds.checks < max(factors.least_checks, 1):
        values = {**values, "least": str(factors.least_checks)}
        return ONE, Step(
            mark("{checks} checks lately are too few to tell ({least} are needed)"), "failures", _text(ONE), values
        )
    share = Decimal(grounds.failed) / grounds.checks
    factor = ONE
    if share >= factors.failures_high_from:
        factor = factors.failures_high
    elif share < factors.failures_low_below:
        factor = factors.failures_low
    label = mark("{failed} of {checks} checks failed lately ({share} %): × {factor}")
    shown = {**values, "share": str((share * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)), "factor": _text(factor)}
    return factor, Step(label, "failures", _text(factor), shown)


def _of_complaints(grounds: Grounds, factors: Factors) -> tuple[Decimal, Step]:
    factor = ONE
    if grounds.complaints >= factors.complaints_many_from:
        factor = factors.complaints_many
    elif grounds.complaints >= factors.complaints_from:
        factor = factors.complaints_some
    values = {"complaints": str(grounds.complaints), "factor": _text(factor)}
    return factor, Step(mark("{complaints} valid complaints lately: × {factor}"), "complaints", _text(factor), values)


def _of_season(grounds: Grounds, factors: Factors) -> tuple[Decimal, Step]:
    if not grounds.is_season:
        return ONE, Step(mark("No month to look more often"), "season", _text(ONE))
    factor = factors.season
    return factor, Step(mark("A month to look more often: × {factor}"), "season", _text(factor), {"factor": _text(factor)})


def _text(value: Decimal) -> str:
    """`1.50` as `1.5`, `10` as `10`."""
    return f"{value.normalize():f}"
