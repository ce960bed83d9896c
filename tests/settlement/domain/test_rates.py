from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.settlement.domain.rates import HoldbackPool, OffsetRate, PerPoint, PerPointPct, RateCliff, Tier, TierRate, cliffs


def tier(start, rate=None, base=None):
    per_point = None if base is None else PerPoint(Decimal(base))
    return Tier(Decimal(start), None if rate is None else Decimal(rate), per_point)


T2_FROM_100 = TierRate((tier(0, base=100), tier(70, "0.90"), tier(80, "1"), tier(90, "1")))
T2_FROM_70 = TierRate((tier(0, base=70), tier(70, "0.90"), tier(80, "1"), tier(90, "1")))
T3 = TierRate((tier(0, "0.7"), tier(60, "0.8"), tier(65, "0.9"), tier(75, "0.95"), tier(85, "0.98"), tier(95, "1")))
T4 = OffsetRate(Decimal(85), Decimal(15))
T13 = PerPointPct(Decimal(100), Decimal(100))
T5 = HoldbackPool(Decimal("0.05"))
scores = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(("score", "rate"), [(90, "1.00"), (85, "1.00"), (84, "0.99"), (70, "0.85")])
def test_row_t4(score, rate):
    assert T4.rate(Decimal(score)) == Decimal(rate)


def test_row_gap():
    assert T2_FROM_100.tier(Decimal("89.5")).from_score == Decimal(80)


@pytest.mark.parametrize(
    ("rule", "score", "rate"),
    [
        (T2_FROM_100, "100", "1"),
        (T2_FROM_100, "79.99", "0.90"),
        (T2_FROM_100, "69", "0.69"),
        (T2_FROM_70, "69", "0.99"),
        (T3, "94.99", "0.98"),
        (T3, "0", "0.7"),
        (T13, "92.5", "0.925"),
        (T5, "80", "0.99"),
        (HoldbackPool(Decimal("0.10"), T4), "70", "0.985"),
    ],
)
def test_rates(rule, score, rate):
    assert rule.rate(Decimal(score)) == Decimal(rate)


def test_cliffs_say_how_far_and_what_then():
    assert cliffs(T2_FROM_100, Decimal("78.4")) == (
        RateCliff(is_below=True, edge=Decimal(70), distance=Decimal("8.4"), rate_beyond=Decimal("0.70")),
        RateCliff(is_below=False, edge=Decimal(80), distance=Decimal("1.6"), rate_beyond=Decimal(1)),
    )


def test_no_cliff_where_the_rate_does_not_jump():
    assert cliffs(T2_FROM_100, Decimal(95)) == ()
    assert cliffs(T5, Decimal(80)) == ()
    assert cliffs(T4, Decimal(90)) == ()


def test_the_threshold_of_a_rule_by_points_is_a_cliff():
    t9 = PerPointPct(Decimal(90), Decimal(100))
    assert cliffs(t9, Decimal(92)) == (
        RateCliff(is_below=True, edge=Decimal(90), distance=Decimal(2), rate_beyond=Decimal("0.90")),
    )


def test_a_cliff_inside_a_pool_moves_only_the_pool():
    assert cliffs(HoldbackPool(Decimal("0.10"), T3), Decimal(96)) == (
        RateCliff(is_below=True, edge=Decimal(95), distance=Decimal(1), rate_beyond=Decimal("0.998")),
    )


@given(st.sampled_from([T2_FROM_100, T3, T4, T13, T5]), scores, scores)
def test_a_better_score_never_pays_less(rule, one, other):
    low, high = sorted((one, other))
    assert 0 <= rule.rate(low) <= rule.rate(high) <= 1
