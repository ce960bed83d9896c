"""Weights from pairwise comparison (analytic hierarchy process), with the ratio that says whether the judgements agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Saaty's mean consistency index of random matrices, for 1 to 10 things."""

LIMIT = Decimal("0.10")
"""From here on the judgements contradict each other too much to be used."""


@dataclass(frozen=True)
class PairwiseWeights:
    """Weights that add up to the asked total exactly, and the consistency ratio (three decimals)."""

    weights: tuple[Decimal, ...]
    consistency_ratio: Decimal

    @property
    def is_consistent(self) -> bool:
        """Whether the ratio is below 0.10."""
        return self.consistency_ratio < LIMIT


def weigh(
    matrix: Sequence[Sequence[Decimal]], *, total: Decimal = Decimal(100), step: Decimal = Decimal("0.1")
) -> PairwiseWeights:
    """Principal eigenvector of a reciprocal matrix (`a[j][i] = 1/a[i][j]`, 1..9), scaled to `total` in units of `step`.

    Rounded down, the units left over go to the largest remainders. Raises `Invalid` for a matrix that is not square,
    not positive, not reciprocal, or larger than ten.
    """
    values = _checked(matrix)
    size = len(values)
    vector = [1.0 / size] * size
    for _ in range(200):
        raw = [sum(value * weight for value, weight in zip(row, vector, strict=True)) for row in values]
        norm = sum(raw)
        vector = [value / norm for value in raw]
    product = [sum(value * weight for value, weight in zip(row, vector, strict=True)) for row in values]
    largest = sum(value / weight for value, weight in zip(product, vector, strict=True)) / size
    index = (largest - size) / (size - 1) if size > 1 else 0.0
    expected = RANDOM_INDEX[size - 1]
    ratio = Decimal(str(round(max(index, 0.0) / expected, 3))) if expected else Decimal("0.0")
    return PairwiseWeights(_apportion(vector, total=total, step=step), ratio)


def _checked(matrix: Sequence[Sequence[Decimal]]) -> list[list[float]]:
    size = len(matrix)
    errors = []
    if not 1 <= size <= len(RANDOM_INDEX) or any(len(row) != size for row in matrix):
        errors.append(
            FieldError("matrix", mark("A square matrix of 1 to {largest} rows is needed."), {"largest": len(RANDOM_INDEX)})
        )
        raise Invalid(mark("The comparison is not sound."), errors=tuple(errors))
    for row in range(size):
        for column in range(size):
            value, mirror = matrix[row][column], matrix[column][row]
            if value <= 0 or mirror <= 0 or abs(value * mirror - 1) > Decimal("0.01"):
                errors.append(
                    FieldError(f"matrix[{row}][{column}]", mark("Each comparison and its opposite must multiply to 1."))
                )
    if errors:
        raise Invalid(mark("The comparison is not sound."), errors=tuple(errors))
    return [[float(value) for value in row] for row in matrix]


def _apportion(vector: Sequence[float], *, total: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    exact = [Decimal(str(round(share, 12))) * total / step for share in vector]
    units = [value.to_integral_value(rounding=ROUND_DOWN) for value in exact]
    left = int(total / step - sum(units))
    for position in sorted(range(len(exact)), key=lambda place: (units[place] - exact[place], place))[:left]:
        units[position] += 1
    return tuple(value * step for value in units)
