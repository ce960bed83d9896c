from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.placecodes import number_at, said_by, was_shown

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "number"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_numbers_of_rfc_6238(seconds, number):
    assert number_at(SECRET, datetime.fromtimestamp(seconds, UTC), digits=8) == number


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("pl-1", ("PL-1", "")),
        (" PL-1.123456 ", ("PL-1", "123456")),
        ("https://duban.example/p/PL-1/", ("PL-1", "")),
        ("https://duban.example/p/PL-1.123456?x=1", ("PL-1", "123456")),
        ("", ("", "")),
    ],
)
def test_what_a_code_names(token, said):
    assert said_by(token) == said


@given(st.integers(1_600_000_000, 4_000_000_000))
def test_a_number_holds_for_its_half_minute_and_the_two_beside_it(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    number = number_at(SECRET, moment)
    assert all(was_shown(SECRET, number, moment + timedelta(seconds=shift)) for shift in (-30, 0, 30))


def test_another_number_or_another_secret_was_not_shown():
    moment = datetime(2026, 11, 26, 8, tzinfo=UTC)
    number = number_at(SECRET, moment)
    assert not was_shown(b"another", number, moment)
    assert not was_shown(SECRET, number, moment + timedelta(minutes=10))
    assert not was_shown(SECRET, "数字", moment)
    assert not was_shown(SECRET, "", moment)
