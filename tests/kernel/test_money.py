from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.money import allocate, fen, percent, share

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
weights = st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal("0.005"), "0.01"),
        (Decimal("-0.005"), "-0.01"),
        (Decimal("11832.6775"), "11832.68"),
        (Fraction(192000, 31), "6193.55"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(-1, 201), "0.00"),
        (Decimal("-0.001"), "0.00"),
        (7, "7.00"),
    ],
)
def test_fen_rounds_half_away_from_zero(amount, expected):
    assert str(fen(amount)) == expected


def test_share_is_exact_before_rounding():
    assert share(Decimal(12000), Fraction(16, 31)) == Decimal("6193.55")


def test_percent_with_one_place():
    assert percent(Decimal(12940), Decimal("249593.55")) == Decimal("5.2")
    assert percent(Decimal(1), Decimal(0)) == Decimal("0.0")


@given(amounts, weights)
def test_allocate_places_the_remainder_once(total, parts):
    allocated = allocate(total, parts)
    exact = [Fraction(total) * part / sum(parts) for part in parts]
    assert sum(allocated) == total
    assert all(abs(Fraction(part) - value) < Fraction(1, 100) for part, value in zip(allocated, exact, strict=True))


def test_allocate_prefers_the_largest_loss_then_the_earlier():
    assert allocate(Decimal(100), [1, 1, 1]) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))
    assert allocate(Decimal(12000), [16, 15]) == (Decimal("6193.55"), Decimal("5806.45"))
    assert allocate(Decimal("-0.01"), [1, 3]) == (Decimal("0.00"), Decimal("-0.01"))


@pytest.mark.parametrize("bad", [[], [0, 0], [1, -1]])
def test_allocate_refuses_senseless_weights(bad):
    with pytest.raises(ValueError, match="weights"):
        allocate(Decimal(1), bad)
