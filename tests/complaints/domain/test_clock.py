from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.complaints.domain.clock import Pause, ReplyTime, due_at, face, is_late
from duban.kernel.calendar import UnknownYear, WorkCalendar
from duban.kernel.errors import Invalid

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.of([2026], holidays=[date(2026, 10, day) for day in range(1, 8)], makeup_days=[date(2026, 10, 10)])
RECEIVED = datetime(2026, 9, 30, 16, 0, tzinfo=ZONE)
TWO_DAYS, HALF_HOUR = ReplyTime(working_days=2), ReplyTime(minutes=30)


def at(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def test_working_days_skip_the_holidays_and_end_at_midnight():
    assert due_at(RECEIVED, TWO_DAYS, CALENDAR) == at(10, 10)


def test_minutes_run_day_and_night():
    assert due_at(at(10, 3, 23, 50), HALF_HOUR, CALENDAR) == at(10, 4, 0, 20)


def test_overlapping_pauses_count_once_and_time_before_receipt_not_at_all():
    pauses = [Pause(at(9, 30, 15), at(9, 30, 16, 10)), Pause(at(9, 30, 16, 5), at(9, 30, 16, 20))]
    assert due_at(RECEIVED, HALF_HOUR, CALENDAR, pauses) == at(9, 30, 16, 50)


def test_a_pause_after_the_deadline_changes_nothing():
    assert due_at(RECEIVED, HALF_HOUR, CALENDAR, [Pause(at(9, 30, 17), at(9, 30, 18))]) == at(9, 30, 16, 30)


def test_a_pause_that_ends_on_a_day_off_moves_on_to_a_working_day():
    # Due at the end of Saturday the 10th (made up); one day more is Sunday, so it is the end of Monday.
    pause = [Pause(at(10, 8), at(10, 9))]
    assert due_at(at(10, 8, 8), TWO_DAYS, CALENDAR, pause) == at(10, 13)


def test_a_longer_pause_never_ends_sooner_than_a_shorter_one():
    # Both push the end of Friday the 9th by days and one minute: into Sunday, and into Monday. Both end with Monday.
    shorter = [Pause(RECEIVED, RECEIVED + timedelta(days=1, minutes=1))]
    longer = [Pause(RECEIVED, RECEIVED + timedelta(days=2, minutes=1))]
    assert due_at(RECEIVED, TWO_DAYS, CALENDAR, shorter) == due_at(RECEIVED, TWO_DAYS, CALENDAR, longer) == at(10, 13)


def test_an_unknown_year_is_not_guessed():
    with pytest.raises(UnknownYear):
        due_at(at(12, 31, 9), TWO_DAYS, CALENDAR)


spans = st.lists(
    st.tuples(st.integers(-600, 6000), st.integers(0, 3000)).map(
        lambda span: Pause(RECEIVED + timedelta(minutes=span[0]), RECEIVED + timedelta(minutes=sum(span)))
    ),
    max_size=6,
)


@given(pauses=spans, more=spans, allowed=st.sampled_from([TWO_DAYS, HALF_HOUR, ReplyTime(minutes=1440)]))
def test_pausing_never_brings_the_deadline_forward(pauses, more, allowed):
    assert due_at(RECEIVED, allowed, CALENDAR) <= due_at(RECEIVED, allowed, CALENDAR, pauses)
    assert due_at(RECEIVED, allowed, CALENDAR, pauses) <= due_at(RECEIVED, allowed, CALENDAR, [*pauses, *more])


def test_the_face_stops_at_the_first_reply():
    due = at(9, 30, 17)
    running = face(RECEIVED, due, now=at(9, 30, 16, 30))
    assert (running.left, running.share, running.is_breached, running.is_paused) == (timedelta(minutes=30), 0.5, False, False)
    answered = face(RECEIVED, due, now=at(10, 9), replied_at=due, is_paused=True)
    assert (answered.left, answered.is_breached, answered.is_paused) == (timedelta(0), False, False)
    assert face(RECEIVED, due, now=at(9, 30, 17, 1)).is_breached
    assert face(RECEIVED, RECEIVED, now=RECEIVED).share == 0.0


def test_late_is_after_the_due_time_only():
    due = at(9, 30, 17)
    assert [is_late(due, due, at(10, 9)), is_late(due, None, at(10, 9)), is_late(None, None, at(10, 9))] == [False, True, False]


@pytest.mark.parametrize("values", [{}, {"minutes": 1, "working_days": 1}, {"minutes": 0}])
def test_a_reply_time_is_one_or_the_other(values):
    with pytest.raises(Invalid):
        ReplyTime(**values)
