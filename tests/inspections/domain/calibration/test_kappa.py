import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.calibration.kappa import ANSWERS, agreement, kappa_of, linear_weights, reading


def test_the_textbook_case():
    """Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, table 18.1: κ = 0.68, standard error 0.087."""
    table = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]], dtype=float)
    found = kappa_of(table, np.eye(3))
    assert found.value == pytest.approx(0.68, abs=0.005)
    assert (found.high - found.low) / (2 * 1.959964) == pytest.approx(0.087, abs=0.001)


def test_two_by_two():
    pairs = [("pass", "pass")] * 20 + [("pass", "minor")] * 5 + [("major", "pass")] * 10 + [("minor", "critical")] * 15
    found = agreement(pairs)
    assert found.kappa.value == pytest.approx(0.4)
    assert (found.pairs, found.agreed, found.observed) == (50, 20, 0.4)
    assert found.weighted.value < found.kappa.value


def test_few_and_constant_pairs_say_why():
    few = agreement([("pass", "pass")] * 5)
    assert (few.kappa, few.reason, few.observed) == (None, "few", 1.0)
    assert agreement([]).observed is None
    constant = agreement([("pass", "pass")] * 40)
    assert (constant.kappa, constant.weighted, constant.reason) == (None, None, "constant")
    one_sided = agreement([("pass", "pass")] * 38 + [("pass", "minor")] * 2)
    assert (one_sided.kappa, one_sided.reason) == (None, "constant")
    assert kappa_of(np.array([[9.0, 0.0], [0.0, 0.0]]), np.eye(2)) is None


def test_agreeing_in_all_pairs_is_still_not_certain():
    found = agreement([("pass", "pass")] * 30 + [("minor", "minor")] * 10).kappa
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx((0.025 ** (1 / 40) - 0.625) / 0.375)


def test_intervals_cover_the_truth():
    """Both answer by their own coin nine times in ten and alike otherwise; the share of intervals that hold κ is near 95 %."""
    random = np.random.default_rng(5)
    truth, held = 0.6, []
    for _ in range(200):
        same = random.random(150) < truth
        first = random.random(150) < 0.7
        second = np.where(same, first, random.random(150) < 0.7)
        pairs = [("pass" if a else "minor", "pass" if b else "minor") for a, b in zip(first, second, strict=True)]
        kappa = agreement(pairs).kappa
        held.append(kappa.low <= truth <= kappa.high)
    assert np.mean(held) > 0.9


answers = st.sampled_from(ANSWERS)


@given(pairs=st.lists(st.tuples(answers, answers), min_size=1, max_size=60))
def test_properties(pairs):
    found = agreement(pairs, minimum=1)
    turned = agreement([(second, first) for first, second in pairs], minimum=1)
    for one, other in ((found.kappa, turned.kappa), (found.weighted, turned.weighted)):
        assert (one is None) == (other is None)
        if one is not None:
            assert one.value == pytest.approx(other.value)
            assert -1 <= one.low <= one.value + 1e-9
            assert one.value - 1e-9 <= one.high <= 1
    if found.kappa is not None and all(first == second for first, second in pairs):
        assert found.kappa.value == pytest.approx(1)


def test_words_of_landis_and_koch():
    assert [reading(value) for value in (0.9, 0.7, 0.5, 0.3, 0.1, -0.1)] == [
        "almost perfect agreement", "substantial agreement", "moderate agreement", "fair agreement", "slight agreement",
        "worse than chance",
    ]  # fmt: skip
    assert linear_weights(3).tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
