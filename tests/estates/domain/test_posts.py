from datetime import date, time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.estates.domain.posts import Pattern, shifts_of, staffing_of
from duban.estates.domain.staffing import StaffingLevel


@pytest.mark.parametrize(
    ("pattern", "is_night", "shifts"),
    [
        (Pattern.ONE_8, False, [("day", time(8))]),
        (Pattern.ONE_12, True, [("night", time(20))]),
        (Pattern.TWO_12, True, [("day", time(8)), ("night", time(20))]),
        (Pattern.THREE_8, False, [("day", time(8)), ("middle", time(16)), ("night", time(0))]),
    ],
)
def test_the_shifts_of_a_post(pattern, is_night, shifts):
    assert [(one.shift, one.starts) for one in shifts_of(pattern, is_night=is_night)] == shifts


def test_a_night_shift_ends_on_the_day_after():
    night = shifts_of(Pattern.TWO_12, is_night=False, first_at=time(7))[1]
    day = date(2026, 10, 5)
    assert (night.starts_at(day).isoformat(), night.ends_at(day).isoformat()) == ("2026-10-05T19:00:00", "2026-10-06T07:00:00")


@given(pattern=st.sampled_from(Pattern), is_night=st.booleans(), first=st.times())
def test_shifts_follow_each_other_without_a_gap(pattern, is_night, first):
    shifts = shifts_of(pattern, is_night=is_night, first_at=first)
    assert sum(one.hours for one in shifts) == pattern.hours_per_day
    for one, following in pairwise(shifts):
        assert one.ends_at(date(2026, 1, 1)).time() == following.starts


@pytest.mark.parametrize(
    ("crew", "level"),
    [
        ("3", StaffingLevel.UNLAWFUL),
        ("3.6", StaffingLevel.UNLAWFUL),
        ("3.7", StaffingLevel.ON_OVERTIME),
        ("4.2", StaffingLevel.ON_OVERTIME),
        ("4.5", StaffingLevel.SOUND),
    ],
)
def test_a_post_around_the_clock_is_judged_by_its_crew(crew, level):
    found = staffing_of(Decimal(168), Decimal(1), Decimal(crew))
    assert found is not None
    assert (found.level, found.lawful_floor, found.sound_from) == (level, Decimal("3.63"), Decimal("4.42"))


def test_twice_the_heads_need_twice_the_crew():
    one, two = staffing_of(Decimal(84), Decimal(1), Decimal(2)), staffing_of(Decimal(84), Decimal(2), Decimal(4))
    assert one is not None
    assert two is not None
    assert (one.level, one.hours_per_person) == (two.level, two.hours_per_person)


@pytest.mark.parametrize(("hours", "crew"), [("0", "3"), ("168", "0")])
def test_nothing_is_said_without_crew_or_hours(hours, crew):
    assert staffing_of(Decimal(hours), Decimal(1), Decimal(crew)) is None
