from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.trust import Decision, Floors, Standing, Trust, TrustGrade, TrustReason, needs_review, standing

GRADES = st.sampled_from(TrustGrade)
FLOORS = st.builds(Floors, score=GRADES, money=GRADES, is_dropped=st.booleans())


def test_a_grade_goes_with_its_reasons():
    trust = Trust(TrustGrade.C, (TrustReason("mock", 70, {"metres": "12"}), TrustReason("twin", 50)))
    assert (trust.grade, trust.score) == ("C", 100)
    assert (Trust(TrustGrade.A).reasons, Trust(TrustGrade.A).score) == ((), 0)


@given(GRADES, FLOORS)
def test_a_person_decides_whatever_the_grade(grade, floors):
    assert standing(grade, floors, Decision.ACCEPTED) == Standing(score=True, money=True)
    assert standing(grade, floors, Decision.REFUSED) == Standing(score=False, money=False)


@given(GRADES, GRADES, FLOORS)
def test_a_worse_grade_never_counts_for_more(one, other, floors):
    better, worse = standing(min(one, other), floors), standing(max(one, other), floors)
    assert better.score >= worse.score
    assert better.money >= worse.money


@given(GRADES, FLOORS)
def test_what_does_not_count_in_full_is_reviewed(grade, floors):
    assert needs_review(grade, floors) == (grade in ("C", "D") or not standing(grade, floors).is_full)


def test_floors_are_the_worst_grade_that_counts():
    floors = Floors(TrustGrade.C, TrustGrade.B)
    assert [standing(grade, floors) for grade in TrustGrade] == [
        Standing(),
        Standing(),
        Standing(score=True, money=False),
        Standing(score=False, money=False),
    ]
    assert (needs_review(TrustGrade.B, floors), needs_review(TrustGrade.B, Floors(money=TrustGrade.A))) == (False, True)
