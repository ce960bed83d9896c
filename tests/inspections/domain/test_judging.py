from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.judging import ClassRule, judge
from duban.inspections.domain.sampling import DefectClass

CRITICAL, MAJOR, MINOR = DefectClass.CRITICAL, DefectClass.MAJOR, DefectClass.MINOR
RULES = {MAJOR: ClassRule(3, 0, 1), MINOR: ClassRule(5, 1, 2)}
RANKED = (50, 40, 30, 20, 10)


def verdict(inspected, faults=()):
    return judge(RANKED, RULES, set(inspected), set(faults))


def test_a_lot_passes_when_every_class_does():
    found = verdict(RANKED, [(10, MINOR)])
    assert found.is_accepted is True
    assert found.classes[MINOR].faulty == 1
    assert [step.result for step in found.trace] == ["accepted"] * 3


def test_faults_count_once_a_place_and_class_by_class():
    assert verdict(RANKED, [(50, MINOR), (50, MINOR)]).is_accepted is True
    found = verdict(RANKED, [(50, MINOR), (10, MINOR)])
    assert (found.is_accepted, found.classes[MINOR].is_accepted, found.classes[MAJOR].is_accepted) == (False, False, True)


def test_a_class_looks_only_at_the_first_of_the_drawn_places():
    assert verdict(RANKED, [(20, MAJOR)]).is_accepted is True
    assert verdict(RANKED, [(30, MAJOR)]).is_accepted is False


def test_one_critical_fault_fails_the_lot_wherever_it_is():
    assert verdict(RANKED, [(10, CRITICAL)]).is_accepted is False


def test_a_lot_is_open_while_places_are_missing_unless_it_failed_already():
    assert verdict((50, 40, 30, 20)).is_accepted is None
    assert verdict((50, 40, 30, 20)).classes[MAJOR].is_accepted is True
    assert verdict((50, 40, 30, 20)).classes[MINOR].is_accepted is True
    assert verdict((50,), [(50, MAJOR)]).is_accepted is False
    assert "still open" in verdict(()).trace[0].label


@given(
    st.sets(st.sampled_from(RANKED)),
    st.sets(st.tuples(st.sampled_from(RANKED), st.sampled_from([MAJOR, MINOR, CRITICAL]))),
    st.tuples(st.sampled_from(RANKED), st.sampled_from([MAJOR, MINOR, CRITICAL])),
)
def test_another_fault_never_helps_and_another_look_never_reopens(inspected, faults, more):
    before = judge(RANKED, RULES, inspected, faults)
    if before.is_accepted is False:
        assert judge(RANKED, RULES, inspected, {*faults, more}).is_accepted is False
    if before.is_accepted is not None:
        assert judge(RANKED, RULES, {*inspected, *RANKED}, faults).is_accepted == before.is_accepted
