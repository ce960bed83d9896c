from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.limits import Limit, Subject, Unit
from duban.inspections.domain.rectification import REPEAT_DAYS, Due, due_after, is_late, repeat_numbers
from duban.kernel.calendar import WorkCalendar

CALENDAR = WorkCalendar.of([2026], holidays=[date(2026, 10, day) for day in range(1, 8)], makeup_days=[date(2026, 10, 10)])
SHANGHAI = ZoneInfo("Asia/Shanghai")
FOUND = datetime(2026, 10, 1, 16, 30, tzinfo=SHANGHAI)
FAULT = (1, 2, 3)


def limit(amount, unit, ends_at=time(18)):
    return Limit(Subject.MINOR, amount, unit, "T2", ends_at)


@pytest.mark.parametrize(("days", "due"), [(1, date(2026, 10, 8)), (3, date(2026, 10, 10)), (5, date(2026, 10, 13))])
def test_working_days_end_with_business_and_count_made_up_weekends(days, due):
    assert due_after(FOUND, limit(days, Unit.WORKING_DAYS), CALENDAR) == Due(
        datetime(due.year, due.month, due.day, 18, tzinfo=SHANGHAI), due
    )


def test_hours_run_through_the_night():
    assert due_after(FOUND, limit(24, Unit.HOURS), WorkCalendar()) == Due(FOUND + timedelta(days=1), date(2026, 10, 2))


def test_an_unpublished_year_has_no_due_time():
    found = datetime(2026, 12, 31, 9, tzinfo=SHANGHAI)
    assert due_after(found, limit(5, Unit.WORKING_DAYS), CALENDAR) == Due(None, None)


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


def test_the_same_fault_is_numbered_within_ninety_days():
    first = date(2026, 1, 1)
    rows = [
        (1, FAULT, first),
        (2, FAULT, first + timedelta(days=90)),
        (3, FAULT, first + timedelta(days=91)),
        (4, (1, 2, 4), first + timedelta(days=92)),
        (5, FAULT, first + timedelta(days=91)),
        (6, FAULT, first + timedelta(days=400)),
    ]
    assert repeat_numbers(rows) == {1: 1, 2: 2, 3: 2, 4: 1, 5: 2, 6: 1}


@given(st.lists(st.tuples(st.sampled_from([(1, 1, 1), (1, 1, None)]), st.integers(0, 300)), max_size=30), st.randoms())
def test_numbers_do_not_depend_on_the_order_of_arrival(faults, random):
    rows = [(key, fault, date(2026, 1, 1) + timedelta(days=day)) for key, (fault, day) in enumerate(faults)]
    numbers = repeat_numbers(rows)
    random.shuffle(rows)
    assert repeat_numbers(rows) == numbers
    for key, fault, day in rows:
        earlier = {other for _, same, other in rows if same == fault and 0 < (day - other).days <= REPEAT_DAYS}
        assert numbers[key] == len(earlier) + 1


def test_hours_are_hours_of_the_world():
    due = due_after(datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Berlin")), limit(24, Unit.HOURS), CALENDAR)
    assert due.at is not None
    assert due.at.astimezone(UTC) == datetime(2026, 3, 29, 11, tzinfo=UTC)
