"""Whether an inspector grows kinder or stricter over the months."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from duban.inspections.domain.calibration.columns import Column, Tested, take_in
from duban.inspections.domain.calibration.model import NEGLIGIBLE, Estimate, Fit, Tally, interval

MONTHS_MINIMUM = 4


@dataclass(frozen=True)
class DriftPoint:
    """One month of an inspector's leniency."""

    month: str
    checks: int
    effect: Estimate


@dataclass(frozen=True)
class Drift:
    """An inspector over the months; `slope` is the change of leniency from month to month, a straight line in the model.

    `reason` is `few` where the months or the shared checks do not reach for a line.
    """

    inspector: str
    points: tuple[DriftPoint, ...]
    slope: Estimate | None
    probability: float | None = None
    is_marked: bool = False
    reason: str = ""


def drifts(fit: Fit, tallies: Sequence[Tally]) -> tuple[Drift, ...]:
    """The leniency of every inspector month by month, and the line through it, each beside the drift of the others."""
    cells = fit.cells
    months = len({tally.month for tally in tallies if tally.total > 0})
    columns = [
        Column(name, np.where(cells.inspector == index, cells.time, 0.0), NEGLIGIBLE / max(months - 1, 1))
        for index, name in enumerate(fit.inspectors)
    ]
    tested, moving = take_in(fit, columns) if months >= MONTHS_MINIMUM else ([Tested(column) for column in columns], fit)
    own: defaultdict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        if tally.total > 0:
            own[tally.inspector].append(tally)
    points = [_points(moving, index, own[name]) for index, name in enumerate(fit.inspectors)]
    return tuple(_drift(found, rows) for found, rows in zip(tested, points, strict=True))


def _drift(found: Tested, points: tuple[DriftPoint, ...]) -> Drift:
    if found.effect is None or len(points) < MONTHS_MINIMUM:
        return Drift(found.column.name, points, None, reason="few")
    return Drift(found.column.name, points, found.effect, found.probability, found.is_marked)


def _points(fit: Fit, index: int, tallies: Sequence[Tally]) -> tuple[DriftPoint, ...]:
    level = _levels(fit, index)
    by_month: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for tally in tallies:
        if tally.stratum in level:
            by_month[tally.month].append((tally.total, tally.passed / tally.total - level[tally.stratum]))
    return tuple(_point(fit, month, rows) for month, rows in sorted(by_month.items()))


def _levels(fit: Fit, index: int) -> dict[str, float]:
    """What the model expects in each stratum this inspector shared with others, without the own effect and the own drift."""
    cells = fit.cells
    crowd = np.bincount(cells.stratum, minlength=cells.strata)
    own = np.flatnonzero((cells.inspector == index) & (crowd[cells.stratum] > 1))
    expected = cells.rate - fit.residuals - fit.effects[cells.inspector] - fit.extra
    return {cells.names[cells.stratum[at]]: float(expected[at]) for at in own}


def _point(fit: Fit, month: str, rows: Sequence[tuple[int, float]]) -> DriftPoint:
    checks = sum(count for count, _ in rows)
    value = sum(count * gap for count, gap in rows) / checks
    return DriftPoint(month, checks, interval(value, fit.scale / sqrt(checks), max(fit.freedom, 1)))
