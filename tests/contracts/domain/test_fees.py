from decimal import Decimal

import pytest

from duban.contracts.domain.fees import monthly_base_fee


@pytest.mark.parametrize(
    ("basis", "price", "quantity", "fee"),
    [
        ("lump_sum", "124800", "1", "124800.00"),
        ("per_post", "6200.0049", "3", "18600.01"),
        ("per_m2", "0.6850", "186000", "127410.00"),
        ("per_m2", "0.0050", "1", "0.01"),
        ("per_visit", "300", "4", None),
        ("unit_prices", "300", "4", None),
    ],
)
def test_the_monthly_base_fee(basis, price, quantity, fee):
    assert monthly_base_fee(basis, Decimal(price), Decimal(quantity)) == (None if fee is None else Decimal(fee))
