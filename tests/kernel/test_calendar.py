from datetime import date

import pytest

from duban.kernel.calendar import UnknownYear, WorkCalendar, add_natural_days

CALENDAR = WorkCalendar.of(
    [2026], holidays=[date(2026, 10, day) for day in range(1, 8)] + [date(2025, 1, 1)], makeup_days=[date(2026, 10, 10)]
)


def test_holidays_and_makeup_days():
    assert not CALENDAR.is_working_day(date(2026, 10, 1))
    assert CALENDAR.is_working_day(date(2026, 10, 10))
    assert not CALENDAR.is_working_day(date(2026, 10, 11))
    assert CALENDAR.is_working_day(date(2026, 10, 12))


def test_working_days_are_counted_from_the_next_day():
    assert CALENDAR.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert CALENDAR.add_working_days(date(2026, 11, 5), 5) == date(2026, 11, 12)
    assert CALENDAR.add_working_days(date(2026, 11, 5), 0) == date(2026, 11, 5)
    assert CALENDAR.working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert CALENDAR.working_days_between(date(2026, 10, 10), date(2026, 9, 30)) == 0
    assert CALENDAR.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)


def test_an_unknown_year_is_never_guessed():
    assert not CALENDAR.knows(date(2027, 1, 4))
    with pytest.raises(UnknownYear) as refusal:
        CALENDAR.add_working_days(date(2026, 12, 30), 3)
    assert refusal.value.year == 2027


def test_natural_days_need_no_calendar():
    assert add_natural_days(date(2026, 11, 5), 60) == date(2027, 1, 4)
