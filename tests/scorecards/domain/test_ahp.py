from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.errors import Invalid
from duban.scorecards.domain.ahp import weigh

D = Decimal


def test_consistent_judgements_give_exact_weights():
    result = weigh([[D(1), D(2), D(6)], [D("0.5"), D(1), D(3)], [1 / D(6), 1 / D(3), D(1)]])
    assert result.weights == (D("60.0"), D("30.0"), D("10.0"))
    assert result.consistency_ratio == 0
    assert result.is_consistent


def test_contradicting_judgements_are_shown():
    result = weigh([[D(1), D(9), 1 / D(9)], [1 / D(9), D(1), D(9)], [D(9), 1 / D(9), D(1)]])
    assert not result.is_consistent


def test_one_thing_takes_all():
    assert weigh([[D(1)]]).weights == (D(100),)


@pytest.mark.parametrize("matrix", [[], [[D(1), D(2)]], [[D(1), D(2)], [D(2), D(1)]], [[D(1), D(-2)], [D("-0.5"), D(1)]]])
def test_unsound_matrix_is_refused(matrix):
    with pytest.raises(Invalid):
        weigh(matrix)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=8))
def test_weights_add_up_exactly(scores):
    matrix = [[D(a) / D(b) for b in scores] for a in scores]
    assert sum(weigh(matrix).weights) == 100
