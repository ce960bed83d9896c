from decimal import Decimal

import pytest

from duban.inspections.domain.frequency_calc import calculate_frequency
from duban.kernel.errors import Invalid


def test_a_case_is_computed_with_its_trace():
    found = calculate_frequency({"times": 2, "grade": "D", "checks": 200, "failed": 20, "complaints": 5, "season": True})
    assert found["times"] == 14
    assert found["trace"][0] == {"rule": "base", "result": "2", "inputs": {"times": "2"}}


def test_own_factors_replace_the_shipped_ones():
    assert calculate_frequency({"times": 2, "grade": "D", "factors": {"grade_d": Decimal(3)}})["times"] == 6
    assert calculate_frequency({"times": 2, "times_max": 5, "grade": "D", "factors": {"grade_d": "3"}})["times"] == 5


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({}, "times"),
        ({"times": 2, "times_min": 3}, "times_min"),
        ({"times": 2, "times_max": 1}, "times_max"),
        ({"times": 2, "grade": "E"}, "grade"),
        ({"times": 2, "checks": 1, "failed": 2}, "failed"),
        ({"times": 2, "complaints": True}, "complaints"),
        ({"times": 2, "season": 1}, "season"),
        ({"times": 2, "factors": {"other": 1}}, "factors"),
        ({"times": 2, "factors": []}, "factors"),
        ({"times": 2, "factors": {"season": "much"}}, "season"),
        ({"times": 2, "factors": {"season": -1}}, "season"),
    ],
)
def test_what_does_not_fit_is_named(case, field):
    with pytest.raises(Invalid) as refusal:
        calculate_frequency(case)
    assert [error.field for error in refusal.value.errors] == [field]
