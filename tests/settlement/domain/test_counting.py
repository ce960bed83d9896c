from decimal import Decimal

import pytest

from duban.settlement.domain.counting import COUNTED, Countable, countables
from duban.settlement.domain.fees import FeeBasis

LISTED = [{"name": "Hedges", "unit": "m²", "price": "3.50"}]
OWN = (Countable("", "", Decimal(800)),)


@pytest.mark.parametrize(
    ("basis", "listed", "expected"),
    [
        (FeeBasis.LUMP_SUM, LISTED, ()),
        (FeeBasis.PER_M2, [], ()),
        (FeeBasis.PER_VISIT, [], OWN),
        (FeeBasis.PER_VISIT, LISTED, OWN),
        (FeeBasis.UNIT_PRICES, [], OWN),
        (FeeBasis.UNIT_PRICES, LISTED, (Countable("Hedges", "m²", Decimal("3.50")),)),
    ],
)
def test_what_a_line_counts(basis, listed, expected):
    assert countables(basis, Decimal(800), listed) == expected


def test_visits_and_unit_prices_are_counted():
    assert {FeeBasis.PER_VISIT, FeeBasis.UNIT_PRICES} == COUNTED
