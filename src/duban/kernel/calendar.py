"""Working days. A year whose holidays are not known is refused, never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from duban.kernel.errors import DomainError
from duban.kernel.text import mark

_SATURDAY = 5


class UnknownYear(DomainError):
    """The holidays of that year have not been published, or nobody has entered them yet."""

    status = 409
    default_message = mark("The holidays of {year} are not known yet, so working days cannot be counted.")

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(year=year)


@dataclass(frozen=True)
class YearDays:
    """How one year departs from plain weeks: days off, and weekend days that are worked to make up for them."""

    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, for the years it knows."""

    years: Mapping[int, YearDays] = field(default_factory=dict)

    @classmethod
    def of(cls, years: Iterable[int], *, holidays: Iterable[date] = (), makeup_days: Iterable[date] = ()) -> "WorkCalendar":
        """A calendar that knows `years`; the days are sorted into them, days of other years are dropped."""
        off, made_up = frozenset(holidays), frozenset(makeup_days)
        return cls(
            {
                year: YearDays(
                    frozenset(day for day in off if day.year == year), frozenset(day for day in made_up if day.year == year)
                )
                for year in years
            }
        )

    def knows(self, day: date) -> bool:
        """Whether the year of `day` is known."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked: a make-up day, or a weekday that is no holiday. `UnknownYear` otherwise."""
        if day.year not in self.years:
            raise UnknownYear(day.year)
        year = self.years[day.year]
        return day in year.makeup_days or (day.weekday() < _SATURDAY and day not in year.holidays)

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the start itself is not counted (民法典 §201).

        `count` 0 gives `start` unchanged. `UnknownYear` as soon as a day of an unknown year is needed.
        """
        day = start
        left = count
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie in `(start, end]`; 0 if `end` is not after `start`."""
        span = range(1, (end - start).days + 1)
        return sum(self.is_working_day(start + timedelta(days=offset)) for offset in span)

    def next_working_day(self, day: date) -> date:
        """`day` itself if it is worked, else the first working day after it (民法典 §203)."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


def add_natural_days(start: date, count: int) -> date:
    """`start` plus `count` calendar days; the start itself is not counted."""
    return start + timedelta(days=count)
