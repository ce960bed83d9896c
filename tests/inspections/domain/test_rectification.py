from datetime import date

import pytest

from duban.inspections.domain.rectification import due_on, is_late
from duban.inspections.domain.verdicts import Grade
from duban.kernel.calendar import WorkCalendar

CALENDAR = WorkCalendar.of([2026], holidays=[date(2026, 10, day) for day in range(1, 8)], makeup_days=[date(2026, 10, 10)])


@pytest.mark.parametrize(
    ("grade", "due"),
    [(Grade.CRITICAL, date(2026, 10, 8)), (Grade.MAJOR, date(2026, 10, 10)), (Grade.MINOR, date(2026, 10, 13))],
)
def test_due_by_working_days_with_made_up_weekends(grade, due):
    assert due_on(date(2026, 10, 1), grade, CALENDAR) == due


def test_an_unpublished_year_has_no_due_day():
    assert due_on(date(2026, 12, 31), Grade.MINOR, CALENDAR) is None


@pytest.mark.parametrize(
    ("due", "rectified", "late"),
    [
        (date(2026, 10, 8), date(2026, 10, 8), False),
        (date(2026, 10, 8), date(2026, 10, 9), True),
        (date(2026, 10, 8), None, True),
        (date(2026, 10, 20), None, False),
        (None, None, False),
    ],
)
def test_late_is_after_the_due_day(due, rectified, late):
    assert is_late(due, rectified, date(2026, 10, 20)) is late
