from decimal import Decimal

import pytest

from duban.inspections.domain.calc_input import number, whole, word
from duban.inspections.domain.sampling import Level
from duban.kernel.errors import Invalid


def test_fields_are_read_or_stood_in_for():
    assert whole({"n": 3}, "n", 1, 5) == 3
    assert whole({}, "n", 1, 5, usual=2) == 2
    assert number({"x": "1.50"}, "x") == Decimal("1.50")
    assert word({}, "level", Level, Level.II) is Level.II
    assert word({"level": "S-1"}, "level", Level, Level.II) is Level.S1


@pytest.mark.parametrize(
    ("read", "case"),
    [
        (lambda case: whole(case, "x", 1, 5), {"x": 6}),
        (lambda case: whole(case, "x", 1, 5), {"x": "3"}),
        (lambda case: whole(case, "x", 0, 5), {"x": True}),
        (lambda case: whole(case, "x", 0, 5), {}),
        (lambda case: number(case, "x"), {"x": "much"}),
        (lambda case: number(case, "x"), {"x": "NaN"}),
        (lambda case: word(case, "x", Level, Level.II), {"x": "IV"}),
    ],
)
def test_a_field_that_does_not_fit_is_named(read, case):
    with pytest.raises(Invalid) as refusal:
        read(case)
    assert refusal.value.errors[0].field == "x"
