from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.acceptance import curve, pass_probability


@pytest.mark.parametrize(
    ("n", "ac", "fraction", "probability"),
    [
        (20, 1, "0.025", "0.912"),
        (20, 1, "0.1", "0.392"),
        (50, 3, "0.025", "0.964"),
        (50, 3, "0.1", "0.250"),
    ],
)
def test_published_probabilities(n, ac, fraction, probability):
    assert round(pass_probability(n, ac, Decimal(fraction)), 3) == Decimal(probability)


def test_ends_of_the_curve():
    points = curve(5, 0, (Decimal(0), Decimal(1)))
    assert [point.probability for point in points] == [1, 0]
    assert pass_probability(3, 5, Decimal("0.9")) == 1


@given(st.integers(1, 400), st.integers(0, 21), st.integers(0, 99))
def test_worse_work_never_passes_more_easily(n, ac, percent):
    better, worse = (pass_probability(n, ac, Decimal(value) / 100) for value in (percent, percent + 1))
    assert 0 <= worse <= better <= 1
    assert pass_probability(n, ac + 1, Decimal(percent) / 100) >= better
