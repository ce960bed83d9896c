from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.ratios import Interval, Ratio, sample_size, total, wilson

SHARES = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_ratio_adds_part_by_part():
    assert Ratio(Decimal(1), Decimal(2)) + Ratio(Decimal(3), Decimal(4)) == Ratio(Decimal(4), Decimal(6))


def test_total_of_nothing_has_no_value():
    assert total([]) == Ratio()
    assert total([]).value is None


def test_value_is_the_share():
    assert Ratio(Decimal(9), Decimal(10)).value == Decimal("0.9")


def test_wilson_45_of_50():
    interval = wilson(Ratio(Decimal(45), Decimal(50)))
    assert (round(interval.low, 3), round(interval.high, 3)) == (Decimal("0.786"), Decimal("0.957"))


def test_wilson_of_nothing_is_everything():
    assert wilson(Ratio()) == Interval(Decimal(0), Decimal(1))


@pytest.mark.parametrize(("numerator", "end"), [(0, "low"), (20, "high")])
def test_wilson_touches_the_ends_exactly(numerator, end):
    interval = wilson(Ratio(Decimal(numerator), Decimal(20)))
    assert getattr(interval, end) == (0 if end == "low" else 1)


@given(SHARES)
def test_wilson_holds_the_share_inside_0_and_1(pair):
    ratio = Ratio(Decimal(pair[0]), Decimal(pair[1]))
    interval = wilson(ratio)
    assert 0 <= interval.low <= ratio.value <= interval.high <= 1


@pytest.mark.parametrize(("population", "needed"), [(1000, 278), (500, 218), (3000, 341), (0, 0), (1, 1)])
def test_sample_size_at_5_percent(population, needed):
    assert sample_size(population, error=Decimal("0.05")) == needed
