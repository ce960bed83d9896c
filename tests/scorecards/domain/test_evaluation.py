from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.bands import Band, BandTable
from duban.scorecards.domain.evaluation import Evaluation, charge, charge_by_number, evaluate, is_sufficient, quantity_of
from duban.scorecards.domain.result import CardInputs, ValueKind
from duban.scorecards.domain.rules import Matching, OccurrenceBands, PerOccurrence
from tests.scorecards.domain.builders import block, happenings, indicator, ratio, scheme, shipped

D = Decimal
ANY = Matching(kinds=("failed_item",))


@given(st.integers(0, 30), st.integers(0, 9), st.integers(0, 9), st.integers(1, 20))
def test_costs_add_up_to_the_formula(number, free, quota, cap):
    rule = PerOccurrence(ANY, D(2), cap=D(cap), free=free, free_points=D(quota))
    costs, accrued = charge(rule, happenings(number), limit=None, mobilisation=False)
    assert accrued == 2 * max(0, number - free)
    assert sum(cost for _, cost in costs) == min(D(cap), max(D(0), accrued - quota))
    assert all(cost >= 0 for _, cost in costs)


def test_the_one_that_opens_a_band_carries_the_difference():
    table = BandTable((Band(D(0), D(2), D(0)), Band(D(2), D(4), D(5)), Band(D(4), None, D(10))))
    costs = charge_by_number(OccurrenceBands(ANY, table), happenings(5), limit=None)
    assert [cost for _, cost in costs] == [0, 5, 0, 5, 0]


def test_limit_stops_the_bands():
    table = BandTable((Band(D(0), None, D(8)),))
    assert charge_by_number(OccurrenceBands(ANY, table), happenings(1), limit=D(3))[0][1] == 3


def test_quantities_add_up():
    assert quantity_of(happenings(3, quantity=2)) == 6


def test_sufficiency_needs_a_value_and_a_sample():
    indicator = next(shipped("CLN-M").indicators())
    assert not is_sufficient(indicator, Evaluation(None, ValueKind.SHARE, D(100), D(0)))
    assert not is_sufficient(indicator, Evaluation(D(1), ValueKind.SHARE, D(9), D(1)))
    assert is_sufficient(indicator, Evaluation(D(1), ValueKind.SHARE, D(10), D(1)))
    assert is_sufficient(indicator, Evaluation(D(1), ValueKind.COUNT, None, D(1)))


def test_an_indicator_may_cost_by_the_number_of_occurrences():
    table = [{"low": "0", "high": "3", "value": "0"}, {"low": "3", "value": "4"}]
    rule = {"type": "occurrence_bands", "kinds": ["failed_item"], "bands": table, "metric": "inspections.pass_rate:outside"}
    found = next(scheme(block("b", 100, indicator("i", 100, rule))).indicators())
    happened = happenings(4)
    inputs = CardInputs(ratios={"inspections.pass_rate:outside": ratio(96, 100)}, occurrences=happened)
    evaluation = evaluate(found, inputs, happened)
    assert (evaluation.value, evaluation.share, evaluation.sample) == (4, D("0.96"), 100)


def test_a_panel_without_ratings_has_no_value():
    found = next(scheme(block("b", 100, indicator("i", 100, {"type": "panel", "trim": 0, "scale": "10"}))).indicators())
    assert evaluate(found, CardInputs(), ()).value is None
    assert evaluate(found, CardInputs(panel={"i": (D(8), D(9))}), ()).share == D("0.85")
