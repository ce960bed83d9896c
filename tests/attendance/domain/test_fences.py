from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.fences import (
    Method,
    Point,
    Reading,
    Verdict,
    code_says,
    distance_between,
    judge_check_in,
)

HERE, AWAY = Point(Decimal("31.230400"), Decimal("121.473700")), Point(Decimal("31.233100"), Decimal("121.473700"))
POINTS = st.builds(
    Point,
    st.decimals(-90, 90, places=6, allow_nan=False),
    st.decimals(-180, 180, places=6, allow_nan=False),
)


def judged(fence, *, method=Method.QR, code=True, reading=None, centre=HERE):
    return judge_check_in(fence, method, is_code_right=code, centre=centre, radius=100, reading=reading)


@pytest.mark.parametrize(
    ("fence", "reading", "verdict", "reasons"),
    [
        ("block", Reading(HERE), Verdict.TAKEN, ()),
        ("block", Reading(AWAY), Verdict.REFUSED, ("outside",)),
        ("exception", Reading(AWAY), Verdict.EXCEPTION, ("outside",)),
        ("ignore", Reading(AWAY), Verdict.TAKEN, ()),
        ("block", None, Verdict.REFUSED, ("no_position",)),
        ("exception", None, Verdict.EXCEPTION, ("no_position",)),
        ("exception", Reading(HERE, is_mock=True), Verdict.EXCEPTION, ("mock",)),
        ("block", Reading(HERE, is_mock=True), Verdict.REFUSED, ("mock",)),
    ],
)
def test_the_three_fence_rules(fence, reading, verdict, reasons):
    found = judged(fence, reading=reading)
    assert (found.verdict, found.reasons) == (verdict, reasons)


@pytest.mark.parametrize("fence", ["block", "exception", "ignore"])
def test_a_wrong_code_is_refused_under_every_rule(fence):
    assert judged(fence, code=False, reading=Reading(HERE)).reasons == ("wrong_code",)
    assert judged(fence, code=False, method=Method.POSITION, reading=Reading(HERE)).verdict is Verdict.TAKEN


def test_the_accuracy_is_granted_up_to_a_hundred_metres():
    assert distance_between(HERE, AWAY) == 300
    near = Point(Decimal("31.232100"), Decimal("121.473700"))
    assert judged("block", reading=Reading(near, accuracy=95)).verdict is Verdict.TAKEN
    assert judged("block", reading=Reading(AWAY, accuracy=5000)).verdict is Verdict.REFUSED


def test_a_post_without_a_position_blocks_nobody():
    found = judged("block", centre=None, reading=Reading(HERE))
    assert (found.verdict, found.reasons, found.distance) == (Verdict.TAKEN, ("no_circle",), None)


@pytest.mark.parametrize(
    ("token", "is_right"),
    [
        ("ABC234", True),
        (" abc234 ", True),
        ("https://duban.example/p/ABC234/", True),
        ("ABC234.918273", True),
        ("https://duban.example/p/ABC234?t=1", True),
        ("ABC235", False),
        ("", False),
    ],
)
def test_what_a_code_says(token, is_right):
    assert code_says(token, "ABC234") is is_right


def test_a_place_without_a_tag_is_named_by_no_code():
    assert code_says("", "") is False


@given(one=POINTS, other=POINTS)
def test_distance_is_symmetric_and_bounded(one, other):
    assert distance_between(one, other) == distance_between(other, one)
    assert 0 <= distance_between(one, other) <= 20_100_000
    assert distance_between(one, one) == 0
