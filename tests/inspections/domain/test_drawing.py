from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.drawing import Sampling, draw
from duban.inspections.domain.plans import SamplingMode
from duban.inspections.domain.sampling import DefectClass, Level, Severity, choose
from duban.inspections.domain.switching import Standing

AQLS = {DefectClass.MAJOR: Decimal("2.5"), DefectClass.MINOR: Decimal("6.5")}


def sampling(mode, count=10):
    return Sampling(mode, count, Level.II, AQLS)


def test_all_places_are_looked_at_where_nothing_is_drawn():
    found = draw(sampling(SamplingMode.ALL), (5, 3), 1)
    assert (found.places, found.sampling) == ((5, 3), {"mode": "all", "lot": 2, "n": 2})


def test_a_round_without_places_is_about_the_line():
    assert draw(sampling(SamplingMode.AQL), (), 1).sampling == {"mode": "all", "lot": 0, "n": 0}


def test_a_fixed_number_of_places_is_drawn():
    found = draw(sampling(SamplingMode.COUNT, 3), range(50), 7)
    assert found.places == choose(range(50), 3, 7)
    assert found.sampling == {"mode": "count", "lot": 50, "n": 3}
    assert len(draw(sampling(SamplingMode.COUNT, 9), range(4), 7).places) == 4


def test_the_larger_class_says_how_many_and_each_keeps_its_own_plan():
    found = draw(sampling(SamplingMode.AQL), range(120), 7)
    assert len(found.places) == 20
    begun = {"label": "Inspection begins as normal", "inputs": {}}
    usual = {"severity": "normal", "score": 0, "is_stopped": False, "why": begun}
    assert found.sampling["classes"] == {
        "major": {"aql": "2.5", "n": 20, "ac": 1, "re": 2, "letter": "F", "tighter_ac": None, **usual},
        "minor": {"aql": "6.5", "n": 20, "ac": 3, "re": 4, "letter": "F", "tighter_ac": 2, **usual},
    }


def test_each_class_is_drawn_as_strictly_as_its_lots_before_ask():
    standings = {DefectClass.MAJOR: Standing(Severity.TIGHTENED, is_stopped=True)}
    found = draw(sampling(SamplingMode.AQL), range(120), 7, standings)
    major, minor = found.sampling["classes"]["major"], found.sampling["classes"]["minor"]
    assert (major["severity"], major["n"], major["ac"], major["is_stopped"]) == ("tightened", 32, 1, True)
    assert (minor["severity"], minor["n"]) == ("normal", 20)
    assert len(found.places) == 32


def test_the_tightest_aql_has_none_tighter_and_zero_takes_everything():
    strict = Sampling(SamplingMode.AQL, 1, Level.II, {DefectClass.MAJOR: Decimal("0.010"), DefectClass.MINOR: Decimal(0)})
    found = draw(strict, range(40), 7).sampling["classes"]
    assert (found["major"]["tighter_ac"], found["minor"]["tighter_ac"]) == (None, None)
    assert (found["minor"]["n"], found["minor"]["ac"]) == (40, 0)


@given(st.integers(1, 400), st.integers(0, 2**62))
def test_smaller_samples_are_the_first_of_the_larger(lot, seed):
    found = draw(sampling(SamplingMode.AQL), range(lot), seed)
    assert set(choose(range(lot), 2, seed)) <= set(found.places) or lot < 2
    assert set(choose(found.places, 2, seed)) == set(choose(range(lot), 2, seed)) or lot < 2
