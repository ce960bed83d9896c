"""Further columns in the model, the strongest first, each tested beside those already taken in.

If one inspector favours one vendor, or grows kinder by the month, everybody else seems to do the opposite in the strata they
share. Therefore the strongest column is taken into the model and all others are tested again beside it, until none is strong
enough. A column counts while its chance stays below 5 % divided by the number of columns tested (Bonferroni): one false mark
in twenty calibrations is to be expected. A mark is a reason to look, not proof.

Where only two people checked the same lines, "the one finds much" and "the other finds little" are the same statement: the
columns cannot be told apart, whichever is taken in. Such a mark names the others it stands for just as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from duban.inspections.domain.calibration.model import Direction, Estimate, Fit, Vector, interval, two_sided

ERROR_SHARE = 0.05
LEAST_FREEDOM = 3
MOST_MARKS = 20
NOTHING_LEFT = 1e-6
"""Share of a column that may be left after strata, inspectors and earlier columns: below it is rounding."""


@dataclass(frozen=True)
class Column:
    """A column by cell; `least` is the size of a coefficient worth a mark."""

    name: str
    values: Vector
    least: float


@dataclass(frozen=True)
class Tested:
    """What a column came to. `effect` is `None` where the other columns leave nothing of it to measure.

    `alike` names the columns a marked one cannot be told apart from.
    """

    column: Column
    effect: Estimate | None = None
    probability: float | None = None
    is_marked: bool = False
    alike: tuple[str, ...] = ()


def take_in(fit: Fit, columns: Sequence[Column]) -> tuple[tuple[Tested, ...], Fit]:
    """Test all columns; the answers in the order given, and the fit with the marked ones in it."""
    chosen: list[Column] = []
    alike: dict[str, tuple[str, ...]] = {}
    current, left = fit, [beside(fit, column) for column in columns]
    count = sum(one.probability is not None for one in left)
    while len(chosen) < MOST_MARKS:
        strong = [one for one in left if one.effect and abs(one.effect.value) >= one.column.least]
        best = min(strong, key=lambda one: one.probability or 0.0, default=None)
        if best is None or (best.probability or 0.0) > ERROR_SHARE / count:
            break
        chosen.append(best.column)
        current = _with(current, best.column)
        after = [beside(current, one.column) for one in left if one.column is not best.column]
        alike[best.column.name] = _vanished(left, after)
        left = after
    joint = [replace(_joint(fit, chosen, column), alike=alike[column.name]) for column in chosen]
    extra = sum((one.column.values * one.effect.value for one in joint if one.effect), np.zeros(len(fit.residuals)))
    found = {one.column.name: one for one in (*left, *joint)}
    return tuple(found[column.name] for column in columns), replace(current, extra=extra)


def beside(fit: Fit, column: Column) -> Tested:
    """One column tested beside everything already in the fit."""
    freedom = fit.freedom - 1
    rest = _direction(fit, column).rest
    size, all_of_it = _size(fit, rest), _size(fit, column.values)
    if freedom < LEAST_FREEDOM or size <= NOTHING_LEFT * all_of_it:
        return Tested(column)
    value = float((fit.cells.weight * rest * fit.residuals).sum()) / size
    error = sqrt(max(_size(fit, fit.residuals) - value**2 * size, 0.0) / freedom / size)
    return Tested(column, interval(value, error, freedom), two_sided(value, error, freedom))


def _vanished(before: Sequence[Tested], after: Sequence[Tested]) -> tuple[str, ...]:
    """Columns of which the one taken in between left nothing: they said the same."""
    measured = {one.column.name for one in before if one.effect}
    return tuple(one.column.name for one in after if one.effect is None and one.column.name in measured)


def _joint(fit: Fit, chosen: Sequence[Column], column: Column) -> Tested:
    """One chosen column beside all the others that were chosen."""
    for other in chosen:
        fit = fit if other is column else _with(fit, other)
    return replace(beside(fit, column), is_marked=True)


def _direction(fit: Fit, column: Column) -> Direction:
    """The column after strata, inspectors and earlier columns are taken out, and how it pulls at the inspectors' effects."""
    cells = fit.cells
    centred = cells.centred(column.values)
    cross: Vector = np.bincount(cells.inspector, cells.weight * centred, len(fit.inspectors)).astype(np.float64)
    pull: Vector = fit.inverse @ cross
    rest = centred - cells.centred(pull[cells.inspector])
    for earlier in fit.directions:
        share = float((cells.weight * earlier.rest * rest).sum())
        rest, pull = rest - share * earlier.rest, pull - share * earlier.pull
    return Direction(rest, pull)


def _with(fit: Fit, column: Column) -> Fit:
    """The fit with one more column."""
    found = _direction(fit, column)
    length = sqrt(_size(fit, found.rest))
    unit = Direction(found.rest / length, found.pull / length)
    part = float((fit.cells.weight * unit.rest * fit.residuals).sum())
    residuals: Vector = fit.residuals - part * unit.rest
    freedom = fit.freedom - 1
    return replace(
        fit,
        effects=fit.effects - part * unit.pull,
        covariance=fit.covariance + np.outer(unit.pull, unit.pull),
        residuals=residuals,
        freedom=freedom,
        scale=sqrt(_size(fit, residuals) / freedom),
        directions=(*fit.directions, unit),
    )


def _size(fit: Fit, column: Vector) -> float:
    return float((fit.cells.weight * column**2).sum())
