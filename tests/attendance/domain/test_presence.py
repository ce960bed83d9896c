from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.presence import Duty, Punch, settle, shift_at
from duban.attendance.domain.slots import Ground, Planned, Shift, SlotState
from duban.estates.domain.posts import Pattern, shifts_of

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 10, 5)
KEY = (1, DAY, "day")


def at(hour, minute=0, day=DAY):
    return datetime.combine(day, time(hour, minute), ZONE)


def duty(planned=Planned.WORK, worker=10):
    return Duty(7, 1, DAY, Shift.DAY, at(8), planned, worker if planned is Planned.WORK else None)


def punch(worker=10, hour=8, minute=0, *, is_in=True, doubtful=False):
    return Punch(worker, f"N{worker}", 1, DAY, Shift.DAY, is_in, at(hour, minute), doubtful)


def decided(punches, *, planned=Planned.WORK, manned=True, crew=(10, 11)):
    found = settle([duty(planned)], punches, crews={1: crew}, manned={(7, DAY)} if manned else set(), rules={})
    return found[KEY]


@pytest.mark.parametrize(
    ("punches", "more", "state", "ground"),
    [
        ([punch()], {}, SlotState.PRESENT, Ground.ROSTERED),
        ([punch(11)], {}, SlotState.PRESENT, Ground.SUBSTITUTE),
        ([punch(99)], {}, SlotState.REVIEW, Ground.OTHER_POST),
        ([punch(99), punch(11, 8, 30)], {}, SlotState.PRESENT, Ground.SUBSTITUTE),
        ([punch(doubtful=True)], {}, SlotState.REVIEW, Ground.DOUBTFUL),
        ([punch(doubtful=True), punch(hour=16, is_in=False)], {}, SlotState.PRESENT, Ground.ROSTERED),
        ([punch(hour=9, minute=1)], {}, SlotState.VACANT, Ground.TOO_LATE),
        ([punch(hour=9, minute=1), punch(hour=16, is_in=False)], {}, SlotState.VACANT, Ground.TOO_LATE),
        ([], {}, SlotState.VACANT, Ground.NOBODY_AT_POST),
        ([], {"manned": False}, SlotState.VACANT, Ground.NOBODY_AT_ALL),
        ([punch()], {"planned": Planned.REST}, SlotState.OFF, Ground.NOT_ROSTERED),
        ([punch()], {"planned": Planned.MARKED_VACANT}, SlotState.VACANT, Ground.MARKED_VACANT),
    ],
)
def test_the_rules_of_t17(punches, more, state, ground):
    found = decided(punches, **more)
    assert (found.state, found.ground) == (state, ground)


def test_who_stood_there_and_when():
    found = decided([punch(hour=16, is_in=False), punch(hour=8, minute=20)])
    assert (found.name, found.checkin_at, found.checkout_at, found.late_minutes) == ("N10", at(8, 20), at(16), 20)


@pytest.mark.parametrize(("minute", "late"), [(5, 0), (6, 6)])
def test_grace_minutes_are_forgiven_whole(minute, late):
    assert decided([punch(minute=minute)]).late_minutes == late


def test_a_missed_punch_leaves_its_end_open():
    found = decided([punch(hour=16, is_in=False)])
    assert (found.state, found.checkin_at, found.checkout_at) == (SlotState.PRESENT, None, at(16))


@pytest.mark.parametrize(
    ("moment", "is_in", "day", "shift"),
    [
        (at(7, 50), True, DAY, "day"),
        (at(19, 45), True, DAY, "night"),
        (at(20, 10), False, DAY, "day"),
        (at(8, 5, DAY + timedelta(days=1)), False, DAY, "night"),
        (at(2, 0, DAY + timedelta(days=1)), True, DAY, "night"),
    ],
)
def test_a_night_shift_belongs_to_the_day_before(moment, is_in, day, shift):
    found = shift_at(moment, shifts_of(Pattern.TWO_12, is_night=False), is_in=is_in)
    assert found is not None
    assert (found[0], found[1].shift) == (day, shift)


def test_a_punch_at_no_shift_belongs_nowhere():
    assert shift_at(at(23), shifts_of(Pattern.ONE_8, is_night=False), is_in=True) is None


WORKERS = st.sampled_from([10, 11, 99])
PUNCHES = st.lists(
    st.builds(punch, WORKERS, st.integers(6, 18), st.integers(0, 59), is_in=st.booleans(), doubtful=st.booleans()),
    max_size=6,
)


@given(punches=PUNCHES, seed=st.randoms())
def test_the_order_of_arrival_does_not_matter(punches, seed):
    shuffled = list(punches)
    seed.shuffle(shuffled)
    assert decided(punches) == decided(shuffled)


@given(punches=PUNCHES)
def test_a_clean_punch_of_the_rostered_person_in_time_always_mans_the_slot(punches):
    assert decided([punch(hour=6), *punches]).state is SlotState.PRESENT


@given(punches=PUNCHES)
def test_somebody_of_another_post_alone_never_mans_it(punches):
    strangers = [entry for entry in punches if entry.worker == 99]
    assert decided(strangers).state in {SlotState.REVIEW, SlotState.VACANT}
