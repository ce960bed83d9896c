"""Parameters that change with the place and the date: minimum wage, tax rate, statutory limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from duban.kernel.errors import DomainError
from duban.kernel.text import mark


class NoValue(DomainError):
    """No value is known for that place on that day; a default would be a guess."""

    status = 409
    default_message = mark("No value of “{name}” is known for {city} on {on}.")


class TwoValues(DomainError):
    """Two values claim the same place and day."""

    status = 409
    default_message = mark("Two values of “{name}” hold for {city} on {on}.")


@dataclass(frozen=True)
class DatedValue:
    """One value: where and how long it holds (both days included, `None` is open) and who says so.

    `city` empty means everywhere; a value of the city itself wins over one that holds everywhere.
    """

    value: Decimal
    city: str
    from_on: date
    until_on: date | None
    source: str

    def holds(self, on: date) -> bool:
        """Whether the value is in force on that day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


def value_on(values: Iterable[DatedValue], *, name: str, city: str, on: date) -> DatedValue:
    """The one value of `name` in force for `city` on that day.

    Raises `NoValue` in a gap and `TwoValues` on an overlap: both are faults of the register, not something to paper over.
    """
    in_force = [value for value in values if value.holds(on) and value.city in {city, ""}]
    nearest = [value for value in in_force if value.city == city] or in_force
    if not nearest:
        raise NoValue(name=name, city=city or "–", on=on.isoformat())
    if len(nearest) > 1:
        raise TwoValues(name=name, city=city or "–", on=on.isoformat())
    return nearest[0]


def faults(values: Iterable[DatedValue]) -> tuple[str, ...]:
    """Gaps and overlaps in the sequence of one parameter, city by city, as plain codes `city:gap:2026-01-01`."""
    found: list[str] = []
    ordered = sorted(values, key=lambda value: (value.city, value.from_on))
    for earlier, later in pairwise(ordered):
        if earlier.city != later.city:
            continue
        if earlier.until_on is None or later.from_on <= earlier.until_on:
            found.append(f"{later.city}:overlap:{later.from_on.isoformat()}")
        elif (later.from_on - earlier.until_on).days > 1:
            found.append(f"{later.city}:gap:{earlier.until_on.isoformat()}")
    return tuple(found)
