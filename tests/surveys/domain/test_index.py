from decimal import Decimal

import pytest

from duban.surveys.domain.index import Index, index


@pytest.mark.parametrize(
    ("total", "respondents", "value"),
    [("2610", 30, "87.0"), ("2599", 30, "86.6"), ("2610", 29, None), ("0", 0, None), ("2623.5", 30, "87.5")],
)
def test_too_few_answers_show_no_figure(total, respondents, value):
    wanted = None if value is None else Decimal(value)
    assert index(Decimal(total), respondents) == Index(wanted, respondents, 30)
    assert index(Decimal(total), respondents).is_enough is (value is not None)
