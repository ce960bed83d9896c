"""How lenient each inspector is, with the difficulty of line and vendor held apart.

The additive model on pass rates is rate = stratum + inspector, fitted by least squares weighted with the number of checks.
A stratum is one contract line in one quarter: it carries estate, vendor and season whole, so inspectors are compared only
where they checked the same line in the same quarter. Strata are absorbed (their weighted means taken out); what is left is a
linear system in the inspectors alone whose matrix is the Laplacian of the graph “checked the same stratum”. Its null space
is the connected components of that graph: inside a component effects are measured from the component's mean, across
components nothing can be said.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.floating[Any]]
Whole = NDArray[np.integer[Any]]
LEVEL = 0.95
MINIMUM_CHECKS = 100
MINIMUM_STRATA = 3
NEGLIGIBLE = 0.01
"""A difference under one point of the pass rate is nothing to talk about, however sure it is."""


@dataclass(frozen=True)
class Tally:
    """What one inspector found in one stratum in one month: `passed` of `total` checks."""

    inspector: str
    stratum: str
    vendor: str
    month: str
    passed: int
    total: int


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def is_off_zero(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Leniency:
    """One inspector: `effect` in parts of the pass rate (0.03: passes 3 of 100 more than the mean of the component).

    `effect` is `None` where too little is known; `reason` then says why: `alone` (shares no stratum with anybody), `few`
    (fewer shared checks or strata than the minimum). `shared` counts the checks in strata that somebody else checked too.
    """

    inspector: str
    checks: int
    shared: int
    shared_strata: int
    component: int
    effect: Estimate | None
    reason: str = ""


@dataclass(frozen=True)
class Fit:
    """The fitted model: `scale` is the standard deviation of one check around the model, `freedom` its degrees of freedom.

    `inverse` is the inverse of the inspectors' system, `covariance` the same with further columns in the model. `directions`
    are those columns, `extra` what the last ones taken in add to each cell.
    """

    inspectors: tuple[str, ...]
    effects: Vector
    inverse: Vector
    covariance: Vector
    components: Whole
    scale: float
    freedom: int
    cells: "Cells"
    residuals: Vector
    extra: Vector
    directions: tuple["Direction", ...] = ()


@dataclass(frozen=True)
class Direction:
    """A further column after everything before it is taken out (`rest`), and its pull at the inspectors' effects."""

    rest: Vector
    pull: Vector


@dataclass(frozen=True)
class Cells:
    """The tallies put together by inspector and stratum, in arrays; `time` is the mean month of the checks, counted from 0."""

    inspector: Whole
    stratum: Whole
    weight: Vector
    rate: Vector
    time: Vector
    names: tuple[str, ...]
    vendors: tuple[str, ...]
    strata: int

    def centred(self, values: Vector) -> Vector:
        """`values` with the weighted mean of each stratum taken out."""
        sums = np.bincount(self.stratum, self.weight * values, self.strata)
        weights = np.bincount(self.stratum, self.weight, self.strata)
        return values - (sums / weights)[self.stratum]


def fit_model(tallies: Sequence[Tally]) -> Fit:
    """Fit the model. Two inspectors belong to one component if a chain of shared strata joins them."""
    names = tuple(sorted({tally.inspector for tally in tallies}))
    cells = _cells(tallies, names)
    laplacian, right = _system(cells, len(names))
    components = _components(cells, len(names))
    inverse = np.linalg.pinv(laplacian, hermitian=True)
    effects = inverse @ right
    residuals = cells.centred(cells.rate - effects[cells.inspector])
    freedom = len(cells.rate) - cells.strata - (len(names) - int(components.max(initial=-1)) - 1)
    square = float((cells.weight * residuals**2).sum())
    scale = sqrt(square / freedom) if freedom > 0 else 0.0
    return Fit(names, effects, inverse, inverse, components, scale, max(freedom, 0), cells, residuals, np.zeros(len(residuals)))


def leniencies(fit: Fit) -> tuple[Leniency, ...]:
    """The leniency of each inspector with its interval, the most lenient first, those not comparable last."""
    cells = fit.cells
    crowd = np.bincount(cells.stratum, minlength=cells.strata)
    is_shared = crowd[cells.stratum] > 1
    count = len(fit.inspectors)
    checks = np.bincount(cells.inspector, cells.weight, count)
    shared = np.bincount(cells.inspector, cells.weight * is_shared, count)
    strata = np.bincount(cells.inspector, is_shared, count)
    found = [_leniency(fit, index, int(checks[index]), int(shared[index]), int(strata[index])) for index in range(count)]
    return tuple(sorted(found, key=lambda one: (one.effect is None, -(one.effect.value if one.effect else 0), one.inspector)))


def interval(value: float, error: float, freedom: int) -> Estimate:
    """The 95 % interval by Student's distribution."""
    from scipy.special import stdtrit  # noqa: PLC0415 - half a second that only a comparison pays, not every start

    reach = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return Estimate(value, value - reach, value + reach)


def two_sided(value: float, error: float, freedom: int) -> float:
    """The chance of a figure so far from zero if there were nothing."""
    if error <= 0:
        return 0.0 if value else 1.0
    from scipy.special import stdtr  # noqa: PLC0415 - half a second that only a comparison pays, not every start

    return float(2 * stdtr(freedom, -abs(value) / error))


def _leniency(fit: Fit, index: int, checks: int, shared: int, strata: int) -> Leniency:
    component = int(fit.components[index])
    reason = "alone" if not shared else "few" if shared < MINIMUM_CHECKS or strata < MINIMUM_STRATA or not fit.freedom else ""
    effect = None
    if not reason:
        error = fit.scale * sqrt(max(float(fit.covariance[index, index]), 0.0))
        effect = interval(float(fit.effects[index]), error, fit.freedom)
    return Leniency(fit.inspectors[index], checks, shared, strata, component, effect, reason)


def _cells(tallies: Sequence[Tally], names: tuple[str, ...]) -> Cells:
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    months = {month: number for number, month in enumerate(sorted({tally.month for tally in tallies}))}
    vendor_of: dict[str, str] = {}
    for tally in tallies:
        if tally.total > 0:
            entry = sums[tally.inspector, tally.stratum]
            entry[0] += tally.passed
            entry[1] += tally.total
            entry[2] += tally.total * months[tally.month]
            vendor_of[tally.stratum] = tally.vendor
    place: Mapping[str, int] = {name: index for index, name in enumerate(names)}
    strata: Mapping[str, int] = {name: index for index, name in enumerate(sorted(vendor_of))}
    keys = sorted(sums)
    return Cells(
        inspector=np.array([place[inspector] for inspector, _ in keys], dtype=np.int64),
        stratum=np.array([strata[stratum] for _, stratum in keys], dtype=np.int64),
        weight=np.array([sums[key][1] for key in keys], dtype=np.float64),
        rate=np.array([sums[key][0] / sums[key][1] for key in keys], dtype=np.float64),
        time=np.array([sums[key][2] / sums[key][1] for key in keys], dtype=np.float64),
        names=tuple(strata),
        vendors=tuple(vendor_of[name] for name in strata),
        strata=len(strata),
    )


def _system(cells: Cells, count: int) -> tuple[Vector, Vector]:
    """The normal equations with the strata absorbed: A = Σ (diag(w) − w wᵀ / W), b = Σ w (y − ȳ)."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a second that only a comparison pays, not every start

    totals = np.bincount(cells.stratum, cells.weight, cells.strata)
    spread = csr_array((cells.weight, (cells.inspector, cells.stratum)), shape=(count, cells.strata))
    scaled = csr_array((cells.weight / totals[cells.stratum], (cells.inspector, cells.stratum)), shape=spread.shape)
    weights = np.bincount(cells.inspector, cells.weight, count)
    laplacian: Vector = np.diag(weights) - (scaled @ spread.T).toarray()
    right: Vector = np.bincount(cells.inspector, cells.weight * cells.centred(cells.rate), count).astype(np.float64)
    return laplacian, right


def _components(cells: Cells, count: int) -> Whole:
    from scipy.sparse import csr_array  # noqa: PLC0415 - a second that only a comparison pays, not every start
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - a second that only a comparison pays, not every start

    links = csr_array((np.ones(len(cells.rate)), (cells.inspector, cells.stratum)), shape=(count, cells.strata))
    _number, labels = connected_components(links @ links.T, directed=False)
    found: Whole = labels
    return found
