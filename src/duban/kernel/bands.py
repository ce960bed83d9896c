"""Tables of half-open bands: every number falls into exactly one, and a table with a gap or an overlap is refused."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Generic, TypeVar

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

T = TypeVar("T")


@dataclass(frozen=True)
class Band(Generic[T]):
    """`[low, high)` and what holds there; `None` leaves that side open."""

    low: Decimal | None
    high: Decimal | None
    value: T

    def holds(self, number: Decimal) -> bool:
        """Whether `number` lies inside; the lower edge belongs to the band, the upper one to the next."""
        return (self.low is None or number >= self.low) and (self.high is None or number < self.high)


@dataclass(frozen=True)
class Cliff(Generic[T]):
    """The nearest edge on one side: where it is, how far (never negative), and what holds beyond it."""

    edge: Decimal
    distance: Decimal
    value: T


@dataclass(frozen=True)
class BandTable(Generic[T]):
    """Bands in rising order, each starting where the one before it ends. Raises `Invalid` otherwise."""

    bands: tuple[Band[T], ...]

    def __post_init__(self) -> None:
        errors = band_errors(self.bands)
        if errors:
            raise Invalid(mark("The bands do not fit together."), errors=errors)

    def find(self, number: Decimal) -> Band[T] | None:
        """The band that holds `number`; `None` only below the first or from the end of the last."""
        position = self._position(number)
        return None if position is None else self.bands[position]

    def cliff_below(self, number: Decimal) -> Cliff[T] | None:
        """How far `number` may fall before the next lower band begins (falling *below* the edge is what counts)."""
        position = self._position(number)
        edge = None if not position else self.bands[position].low
        if not position or edge is None:
            return None
        return Cliff(edge=edge, distance=number - edge, value=self.bands[position - 1].value)

    def cliff_above(self, number: Decimal) -> Cliff[T] | None:
        """How far `number` must rise to reach the next higher band."""
        position = self._position(number)
        edge = None if position is None else self.bands[position].high
        if position is None or edge is None or position == len(self.bands) - 1:
            return None
        return Cliff(edge=edge, distance=edge - number, value=self.bands[position + 1].value)

    def _position(self, number: Decimal) -> int | None:
        starts = [band.low if band.low is not None else Decimal("-Infinity") for band in self.bands]
        position = bisect_right(starts, number) - 1
        return position if position >= 0 and self.bands[position].holds(number) else None


def band_errors(bands: Sequence[Band[T]], *, field: str = "bands") -> tuple[FieldError, ...]:
    """What keeps `bands` from being a table: none at all, an empty band, a gap, an overlap, an open side inside."""
    if not bands:
        return (FieldError(field, mark("At least one band is needed.")),)
    errors: list[FieldError] = []
    for index, band in enumerate(bands):
        if band.low is not None and band.high is not None and band.low >= band.high:
            errors.append(FieldError(f"{field}[{index}]", mark("The band ends at or before its start.")))
    for index, (lower, upper) in enumerate(pairwise(bands), start=1):
        place = f"{field}[{index}]"
        if lower.high is None or upper.low is None:
            errors.append(FieldError(place, mark("Only the first band may be open below and only the last open above.")))
        elif upper.low > lower.high:
            errors.append(
                FieldError(place, mark("Nothing holds from {low} to {high}."), {"low": str(lower.high), "high": str(upper.low)})
            )
        elif upper.low < lower.high:
            errors.append(
                FieldError(
                    place, mark("Two bands hold from {low} to {high}."), {"low": str(upper.low), "high": str(lower.high)}
                )
            )
    return tuple(errors)


def descending(*steps: tuple[str | Decimal | None, T]) -> BandTable[T]:
    """A table written as people say it: `descending(("90", a), ("80", b), (None, c))` is ≥90 a, [80,90) b, below c."""
    bands: list[Band[T]] = []
    high: Decimal | None = None
    for start, value in steps:
        low = None if start is None else Decimal(start)
        bands.insert(0, Band(low, high, value))
        high = low
    return BandTable(tuple(bands))
