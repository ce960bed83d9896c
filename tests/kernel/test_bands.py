from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.bands import Band, BandTable, descending
from duban.kernel.errors import Invalid

T2 = descending(("90", "full"), ("80", "rectify"), ("70", "nine tenths"), (None, "per point"))


@pytest.mark.parametrize(
    ("score", "value"),
    [
        ("100", "full"),
        ("90", "full"),
        ("89.5", "rectify"),
        ("80", "rectify"),
        ("79.9", "nine tenths"),
        ("69.999", "per point"),
        ("0", "per point"),
    ],
)
def test_gap_of_t2_is_closed(score, value):
    """缺口: 89.5 分落入 [80,90)."""
    assert T2.find(Decimal(score)).value == value


def test_cliff_below_says_how_far_and_what():
    cliff = T2.cliff_below(Decimal("80.2"))
    assert (cliff.edge, cliff.distance, cliff.value) == (Decimal(80), Decimal("0.2"), "nine tenths")


def test_cliff_above_says_how_far_and_what():
    cliff = T2.cliff_above(Decimal("80.2"))
    assert (cliff.edge, cliff.distance, cliff.value) == (Decimal(90), Decimal("9.8"), "full")


def test_no_cliff_beyond_the_ends():
    assert T2.cliff_above(Decimal(95)) is None
    assert T2.cliff_below(Decimal(10)) is None


def test_outside_a_closed_table_nothing_is_found():
    table = BandTable((Band(Decimal(1), Decimal(2), "x"),))
    assert table.find(Decimal(2)) is None
    assert table.find(Decimal("0.99")) is None
    assert table.cliff_below(Decimal(5)) is None


@pytest.mark.parametrize(
    ("bands", "field", "message"),
    [
        ((), "bands", "At least one band is needed."),
        ((Band(Decimal(2), Decimal(1), "x"),), "bands[0]", "The band ends at or before its start."),
        ((Band(None, Decimal(80), "a"), Band(Decimal(81), None, "b")), "bands[1]", "Nothing holds from {low} to {high}."),
        ((Band(None, Decimal(80), "a"), Band(Decimal(79), None, "b")), "bands[1]", "Two bands hold from {low} to {high}."),
        (
            (Band(None, None, "a"), Band(Decimal(79), None, "b")),
            "bands[1]",
            "Only the first band may be open below and only the last open above.",
        ),
    ],
)
def test_unfitting_bands_are_refused(bands, field, message):
    with pytest.raises(Invalid) as refusal:
        BandTable(bands)
    assert [(error.field, error.message) for error in refusal.value.errors] == [(field, message)]


@given(st.decimals(min_value=-1000, max_value=1000, places=3))
def test_every_number_falls_into_exactly_one_band(number):
    assert sum(band.holds(number) for band in T2.bands) == 1
    assert T2.find(number).holds(number)
