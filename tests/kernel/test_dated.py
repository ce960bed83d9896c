from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.dated import DatedValue, NoValue, TwoValues, faults, value_on


def value(amount, city, from_on, until_on=None):
    return DatedValue(Decimal(amount), city, from_on, until_on, "notice")


WAGES = [
    value("2490", "上海", date(2023, 7, 1), date(2024, 6, 30)),
    value("2690", "上海", date(2024, 7, 1), date(2025, 6, 30)),
    value("2740", "上海", date(2025, 7, 1)),
    value("2000", "", date(2023, 7, 1)),
]


def test_the_value_in_force_and_the_city_first():
    assert value_on(WAGES, name="wage", city="上海", on=date(2025, 6, 30)).value == Decimal(2690)
    assert value_on(WAGES, name="wage", city="上海", on=date(2026, 11, 5)).value == Decimal(2740)
    assert value_on(WAGES, name="wage", city="南昌", on=date(2026, 11, 5)).value == Decimal(2000)


def test_a_gap_is_an_error():
    with pytest.raises(NoValue):
        value_on(WAGES, name="wage", city="上海", on=date(2020, 1, 1))


def test_an_overlap_is_an_error():
    doubled = [*WAGES, value("1", "上海", date(2026, 1, 1))]
    with pytest.raises(TwoValues):
        value_on(doubled, name="wage", city="上海", on=date(2026, 2, 1))
    assert faults(doubled) == ("上海:overlap:2026-01-01",)


def test_faults_name_gaps():
    assert faults(WAGES) == ()
    assert faults([WAGES[0], WAGES[2]]) == ("上海:gap:2024-06-30",)
