from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.geo import metres_between

BUND, PUDONG = (Decimal("31.240000"), Decimal("121.490000")), (Decimal("31.240000"), Decimal("121.500000"))
POINTS = st.tuples(st.decimals(-90, 90, places=6), st.decimals(-180, 180, places=6))


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        (BUND, BUND, 0),
        (BUND, PUDONG, 951),
        ((Decimal(0), Decimal(0)), (Decimal(0), Decimal(180)), 20015114),
    ],
)
def test_known_distances(one, other, metres):
    assert metres_between(one, other) == metres


@given(POINTS, POINTS)
def test_there_is_as_far_as_back(one, other):
    assert metres_between(one, other) == metres_between(other, one)
    assert 0 <= metres_between(one, other) <= 20_015_116
