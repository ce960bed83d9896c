from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.vendors.domain.certificates import (
    CERTIFICATE_LABELS,
    REMINDER_DAYS,
    CertificateKind,
    Expiry,
    expiry_on,
    reminder_due,
)

END = date(2026, 12, 31)


def before(days):
    return END - timedelta(days=days)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2023, 12, 31), Expiry.NOT_YET),
        (date(2024, 1, 1), Expiry.VALID),
        (before(91), Expiry.VALID),
        (before(90), Expiry.ENDING),
        (END, Expiry.ENDING),
        (date(2027, 1, 1), Expiry.EXPIRED),
    ],
)
def test_where_a_certificate_stands(on, state):
    assert expiry_on(date(2024, 1, 1), END, on) is state


def test_without_an_end_it_stays_valid():
    assert expiry_on(date(2024, 1, 1), None, date(2099, 1, 1)) is Expiry.VALID
    assert reminder_due(None, END, None) is None


@pytest.mark.parametrize(
    ("left", "last", "due"),
    [
        (91, None, None),
        (90, None, 90),
        (61, 90, None),
        (60, 90, 60),
        (45, None, 60),
        (30, 60, 30),
        (8, 30, None),
        (7, 30, 7),
        (0, 7, None),
        (0, None, 7),
        (-1, None, None),
    ],
)
def test_which_reminder_is_due(left, last, due):
    assert reminder_due(END, before(left), last) == due


@given(st.sets(st.integers(0, 200), min_size=1))
def test_no_reminder_goes_out_twice_however_often_one_looks(distances):
    last, sent = None, []
    for left in sorted(distances, reverse=True):
        due = reminder_due(END, before(left), last)
        if due is not None:
            sent.append(due)
            last = due
    assert sent == sorted(set(sent), reverse=True)
    assert set(sent) <= set(REMINDER_DAYS)


def test_every_kind_has_a_name():
    assert set(CERTIFICATE_LABELS) == set(CertificateKind)
