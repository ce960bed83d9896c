from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.lateness import LATE, MISSED_PUNCH, SETTLES_AFTER, Lapse, lapses

CAME = datetime(2026, 10, 5, 7, 20, tzinfo=UTC)
NOW = CAME + timedelta(days=3)


@pytest.mark.parametrize(
    ("late", "came", "left", "expected"),
    [
        (0, CAME, CAME, []),
        (25, CAME, CAME, [Lapse(LATE, Decimal(25))]),
        (25, CAME, None, [Lapse(LATE, Decimal(25)), Lapse(MISSED_PUNCH, Decimal(1))]),
        (0, None, CAME, [Lapse(MISSED_PUNCH, Decimal(1))]),
        (0, None, None, []),
    ],
)
def test_lapses(late, came, left, expected):
    assert list(lapses(late, came, left, now=NOW)) == expected


def test_the_other_punch_may_come_for_a_day():
    assert list(lapses(0, CAME, None, now=CAME + SETTLES_AFTER - timedelta(seconds=1))) == []
    assert [one.kind for one in lapses(0, CAME, None, now=CAME + SETTLES_AFTER)] == [MISSED_PUNCH]


@given(late=st.integers(0, 1440), came=st.booleans(), left=st.booleans())
def test_a_slot_owes_at_most_one_of_each_and_a_punch_less_slot_no_punch(late, came, left):
    found = [one.kind for one in lapses(late, CAME if came else None, CAME if left else None, now=NOW)]
    assert len(found) == len(set(found))
    assert (LATE in found) == (late > 0)
    assert (MISSED_PUNCH in found) == (came != left)
