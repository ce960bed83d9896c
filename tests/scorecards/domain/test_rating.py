from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.scorecards.domain.rating import Spread, rated_indicators, spread_of
from duban.scorecards.domain.rules import Panel
from tests.scorecards.domain.builders import shipped

RATINGS = st.lists(st.decimals(0, 100, places=2), max_size=9)


def test_only_what_people_rate_is_rated():
    rated = rated_indicators(shipped("T4"))
    assert {key: rule for key, (_, rule) in rated.items()} == {"service": Panel()}


def test_the_mean_leaves_out_the_extremes():
    ratings = [Decimal(number) for number in (60, 80, 85, 100)]
    assert spread_of(ratings, 1) == Spread(4, Decimal(60), Decimal(100), Decimal("82.50"))
    assert spread_of(ratings[:2], 1) == Spread(2, Decimal(60), Decimal(80), None)
    assert spread_of([], 0) == Spread(0)


@given(RATINGS, st.integers(0, 3))
def test_the_mean_lies_between_the_extremes(ratings, trim):
    spread = spread_of(ratings, trim)
    assert (spread.mean is None) == (len(ratings) <= 2 * trim)
    if spread.mean is not None:
        assert spread.lowest <= spread.mean <= spread.highest
