import pytest

from duban.inspections.domain.sampling_calc import calculate_oc, calculate_sampling
from duban.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("lot", "aql", "found"),
    [(120, 2.5, (20, 1, 2)), (30, 2.5, (5, 0, 1)), (60, 2.5, (20, 1, 2)), (120, 1.0, (13, 0, 1))],
)
def test_lots_of_the_domain_facts(lot, aql, found):
    answer = calculate_sampling({"lot": lot, "level": "II", "aql": aql, "severity": "normal"})
    assert (answer["n"], answer["ac"], answer["re"]) == found
    assert answer["trace"]


def test_a_seed_draws_the_same_places_each_time():
    case = {"lot": 120, "aql": "2.5", "seed": 7}
    drawn = calculate_sampling(case)["drawn"]
    assert drawn == calculate_sampling(case)["drawn"]
    assert len(set(drawn)) == 20
    assert set(drawn) <= set(range(1, 121))


def test_a_curve_for_a_plan_or_for_a_lot():
    by_plan = calculate_oc({"n": 20, "ac": 1, "fractions": ["0.1"]})
    by_lot = calculate_oc({"lot": 120, "aql": 2.5, "fractions": ["0.1"]})
    assert by_plan == by_lot
    assert str(by_plan["points"][0]["probability"]).startswith("0.39")
    assert len(calculate_oc({"n": 20, "ac": 1})["points"]) == 7


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"aql": 2.5}, "lot"),
        ({"lot": True, "aql": 2.5}, "lot"),
        ({"lot": 0, "aql": 2.5}, "lot"),
        ({"lot": 10, "aql": "much"}, "aql"),
        ({"lot": 10, "aql": "3"}, "aql"),
        ({"lot": 10, "aql": 1, "level": "IV"}, "level"),
        ({"lot": 10, "aql": 1, "severity": "lax"}, "severity"),
        ({"lot": 10, "aql": 1, "seed": -1}, "seed"),
    ],
)
def test_unsound_lots_name_the_field(case, field):
    with pytest.raises(Invalid) as refused:
        calculate_sampling(case)
    assert [error.field for error in refused.value.errors] == [field]


@pytest.mark.parametrize("fractions", ["0.1", ["2"], ["x"]])
def test_unsound_fractions_are_refused(fractions):
    with pytest.raises(Invalid) as refused:
        calculate_oc({"n": 20, "ac": 1, "fractions": fractions})
    assert refused.value.errors[0].field == "fractions"
