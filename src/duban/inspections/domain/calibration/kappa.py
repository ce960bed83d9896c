"""Agreement of two inspectors who looked at the same things without knowing of each other: Cohen's kappa.

κ = (pₒ − pₑ) ÷ (1 − pₑ), plain (pass or fail) and weighted over the ordered answers with linear weights 1 − |i − j| ÷ (k − 1).
The interval is normal with the large-sample variance of Fleiss, Cohen and Everitt (1969), cut to −1 … 1. That variance is
nought where all pairs agree; the lower bound then comes from the exact one (Clopper and Pearson) of the agreement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from duban.inspections.domain.calibration.model import LEVEL, Estimate
from duban.kernel.text import mark

ANSWERS = ("pass", "minor", "major", "critical")
"""The answers in their order: passed, or failed with this severity."""
MINIMUM_PAIRS = 30
READINGS: Sequence[tuple[float, str]] = (
    (0.8, mark("almost perfect agreement")),
    (0.6, mark("substantial agreement")),
    (0.4, mark("moderate agreement")),
    (0.2, mark("fair agreement")),
    (0.0, mark("slight agreement")),
)
"""The words of Landis and Koch (1977), by the value they begin at."""
WORSE_THAN_CHANCE = mark("worse than chance")
ROUNDING = 1e-12
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """The agreement of some pairs; `kappa` is `None` where it cannot be said, and `reason` tells why.

    `few`: fewer pairs than the minimum; `constant`: one of the two passed or failed everything, so that chance alone
    explains the agreement.
    """

    pairs: int
    agreed: int
    kappa: Estimate | None
    weighted: Estimate | None
    reason: str = ""

    @property
    def observed(self) -> float | None:
        """Share of pairs with the same answer."""
        return self.agreed / self.pairs if self.pairs else None


def agreement(pairs: Sequence[tuple[str, str]], *, minimum: int = MINIMUM_PAIRS) -> Agreement:
    """Kappa of (first answer, second answer) pairs: plain on pass or fail, weighted on all four answers."""
    table = np.zeros((len(ANSWERS), len(ANSWERS)))
    place: Mapping[str, int] = {answer: index for index, answer in enumerate(ANSWERS)}
    for first, second in pairs:
        table[place[first], place[second]] += 1
    agreed = int(np.trace(table))
    if len(pairs) < max(minimum, 1):
        return Agreement(len(pairs), agreed, None, None, "few")
    joined = np.array([[table[0, 0], table[0, 1:].sum()], [table[1:, 0].sum(), table[1:, 1:].sum()]])
    if 0 in (*joined.sum(axis=0), *joined.sum(axis=1)):
        return Agreement(len(pairs), agreed, None, None, "constant")
    weighted = kappa_of(table, linear_weights(len(ANSWERS)))
    return Agreement(len(pairs), agreed, kappa_of(joined, np.eye(2)), weighted)


def linear_weights(count: int) -> Matrix:
    """Credit for near misses: 1 on the diagonal, falling evenly to 0."""
    steps = np.arange(count)
    weights: Matrix = 1 - np.abs(steps[:, None] - steps[None, :]) / (count - 1)
    return weights


def kappa_of(table: Matrix, weights: Matrix) -> Estimate | None:
    """Kappa of a table of counts under weights, with its interval; `None` where chance alone explains everything."""
    count = float(table.sum())
    share = table / count
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    observed = float((weights * share).sum())
    expected = float(rows @ weights @ columns)
    if 1 - expected < ROUNDING:
        return None
    value = (observed - expected) / (1 - expected)
    if 1 - observed < ROUNDING:
        least = ((1 - LEVEL) / 2) ** (1 / count)
        return Estimate(1.0, max(-1.0, (least - expected) / (1 - expected)), 1.0)
    margins = (weights @ columns)[:, None] + (rows @ weights)[None, :]
    inner = float((share * (weights - margins * (1 - value)) ** 2).sum()) - (value - expected * (1 - value)) ** 2
    error = sqrt(max(inner, 0.0) / count) / (1 - expected)
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) * error
    return Estimate(value, max(-1.0, value - reach), min(1.0, value + reach))


def reading(value: float) -> str:
    """The word for a kappa."""
    return next((word for least, word in READINGS if value >= least), WORSE_THAN_CHANCE)
