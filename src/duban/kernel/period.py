"""Calendar months and quarters: the spans over which scores are closed and services are paid."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import total_ordering

from duban.kernel.errors import Invalid
from duban.kernel.text import mark

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_LAST_YEAR = 9998
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"


@total_ordering
@dataclass(frozen=True)
class Period:
    """One month or one quarter; `index` counts months (1–12) or quarters (1–4) of `year`."""

    kind: PeriodKind
    year: int
    index: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= _LAST_YEAR and 1 <= self.index <= self._per_year):
            raise Invalid(mark("“{text}” is not a month (2026-10) or a quarter (2026Q4)."), text=f"{self.year}/{self.index}")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period written as `2026-10` or `2026Q4`; `Invalid` for anything else."""
        if found := _MONTH.fullmatch(text.strip()):
            kind = PeriodKind.MONTH
        elif found := _QUARTER.fullmatch(text.strip().upper()):
            kind = PeriodKind.QUARTER
        else:
            raise Invalid(mark("“{text}” is not a month (2026-10) or a quarter (2026Q4)."), text=text)
        return cls(kind, int(found[1]), int(found[2]))

    @classmethod
    def month_of(cls, day: date) -> "Period":
        """The month that holds `day`."""
        return cls(PeriodKind.MONTH, day.year, day.month)

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        """The quarter that holds `day`."""
        return cls(PeriodKind.QUARTER, day.year, (day.month + 2) // 3)

    @property
    def code(self) -> str:
        """`2026-10` or `2026Q4`; reads back through `parse`."""
        return f"{self.year:04d}-{self.index:02d}" if self.kind is PeriodKind.MONTH else f"{self.year:04d}Q{self.index}"

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, (self.index - 1) * self._months + 1, 1)

    @property
    def end(self) -> date:
        """Last day, inside the period."""
        return self.next().start - timedelta(days=1)

    @property
    def day_count(self) -> int:
        """Number of days."""
        return (self.end - self.start).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, first to last."""
        return tuple(self.start + timedelta(days=offset) for offset in range(self.day_count))

    @property
    def months(self) -> tuple["Period", ...]:
        """The months inside, in order; a month is its own only month."""
        first = (self.index - 1) * self._months + 1
        return tuple(Period(PeriodKind.MONTH, self.year, first + offset) for offset in range(self._months))

    def next(self) -> "Period":
        """The period right after."""
        return self._shifted(1)

    def previous(self) -> "Period":
        """The period right before."""
        return self._shifted(-1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, self.end) < (other.start, other.end)

    def __str__(self) -> str:
        return self.code

    def overlap_days(self, from_on: date | None, until_on: date | None) -> int:
        """How many days of the period lie in `[from_on, until_on]`, both ends included, `None` meaning open."""
        first = max(self.start, from_on or self.start)
        last = min(self.end, until_on or self.end)
        return max(0, (last - first).days + 1)

    def overlap_share(self, from_on: date | None, until_on: date | None) -> Fraction:
        """The share of the period, by days, that lies in `[from_on, until_on]`; exact."""
        return Fraction(self.overlap_days(from_on, until_on), self.day_count)

    @property
    def _months(self) -> int:
        return 1 if self.kind is PeriodKind.MONTH else 3

    @property
    def _per_year(self) -> int:
        return 12 // self._months

    def _shifted(self, by: int) -> "Period":
        position = self.year * self._per_year + self.index - 1 + by
        year, index = divmod(position, self._per_year)
        return Period(self.kind, year, index + 1)
