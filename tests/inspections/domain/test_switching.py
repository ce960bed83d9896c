from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.sampling import Severity
from duban.inspections.domain.switching import ENOUGH, Lot, Standing, lots_of_class, standing_after

NORMAL, TIGHTENED, REDUCED = Severity.NORMAL, Severity.TIGHTENED, Severity.REDUCED


def lots(text, severity=NORMAL, **more):
    """`+` a lot that passed, `-` one that failed."""
    values = {"ac": 1, "faulty": 0, **more}
    return [Lot(f"TK-{number}", severity, sign == "+", **values) for number, sign in enumerate(text, 1)]


def test_without_lots_inspection_is_normal():
    assert standing_after([]) == Standing()


def test_two_of_five_failed_lots_tighten():
    assert standing_after(lots("-++++-")).severity is NORMAL
    found = standing_after(lots("+-++-"))
    assert found.severity is TIGHTENED
    assert found.why.inputs == {"fails": "2", "lots": "5", "code": "TK-5"}
    assert standing_after(lots("--")).severity is TIGHTENED


def test_five_in_a_row_under_tightened_inspection_bring_normal_back():
    tight = lots("--")
    assert standing_after([*tight, *lots("++++", TIGHTENED)]).severity is TIGHTENED
    assert standing_after([*tight, *lots("++-++++", TIGHTENED)]).severity is TIGHTENED
    assert standing_after([*tight, *lots("+++++", NORMAL)]).severity is TIGHTENED
    found = standing_after([*tight, *lots("+++++", TIGHTENED)])
    assert (found.severity, found.recent, found.why.rule) == (NORMAL, (), "relax")
    assert [step.rule for step in found.trace] == ["tighten", "relax"]


def test_five_failed_under_tightened_inspection_stop_it_until_it_relaxes():
    tight = lots("--")
    assert not standing_after([*tight, *lots("----", TIGHTENED), *lots("-", NORMAL)]).is_stopped
    found = standing_after([*tight, *lots("-+----", TIGHTENED)])
    assert (found.is_stopped, found.severity, found.why.rule) == (True, TIGHTENED, "stop")
    again = standing_after([*tight, *lots("-----", TIGHTENED), *lots("-", TIGHTENED)])
    assert [step.rule for step in again.trace] == ["tighten", "stop"]
    assert not standing_after([*tight, *lots("-----+++++", TIGHTENED)]).is_stopped


def test_the_score_allows_reduced_inspection_with_consent():
    assert standing_after(lots("+" * 14), reduced_allowed=True).score == 28
    assert standing_after(lots("+" * 15)).severity is NORMAL
    found = standing_after(lots("+" * 15), reduced_allowed=True)
    assert (found.severity, found.score, found.why.inputs["score"]) == (REDUCED, 0, "30")


def test_a_lot_with_ac_two_and_more_must_pass_one_aql_tighter():
    sharp = {"ac": 3, "tighter_ac": 2}
    assert standing_after(lots("+" * 10, faulty=2, **sharp), reduced_allowed=True).severity is REDUCED
    assert standing_after(lots("+" * 10, faulty=3, **sharp), reduced_allowed=True).score == 0
    assert standing_after(lots("+", faulty=0, ac=3), reduced_allowed=True).score == 0
    assert standing_after(lots("++-")).score == 0
    assert standing_after([*lots("++"), *lots("+", TIGHTENED)]).score == 4


def test_one_failed_lot_ends_reduced_inspection_and_so_does_a_consent_taken_back():
    reduced = lots("+" * 15)
    assert standing_after([*reduced, *lots("++", REDUCED)], reduced_allowed=True).severity is REDUCED
    found = standing_after([*reduced, *lots("+-", REDUCED)], reduced_allowed=True)
    assert (found.severity, found.why.rule) == (NORMAL, "restore")
    assert standing_after(reduced, reduced_allowed=False).severity is NORMAL


LOTS = st.builds(
    Lot,
    code=st.just("TK"),
    severity=st.sampled_from(list(Severity)),
    is_accepted=st.booleans(),
    ac=st.integers(0, 5),
    faulty=st.integers(0, 6),
    tighter_ac=st.none() | st.integers(0, 5),
)


@given(st.lists(LOTS, max_size=60), st.booleans())
def test_inspection_is_reduced_only_with_consent_and_steps_never_jump(rows, allowed):
    severities = [standing_after(rows[:end], reduced_allowed=allowed).severity for end in range(len(rows) + 1)]
    assert allowed or REDUCED not in severities
    assert not [pair for pair in pairwise(severities) if set(pair) == {REDUCED, TIGHTENED}]
    assert standing_after(rows, reduced_allowed=allowed).score < ENOUGH or not allowed


@given(st.lists(LOTS, max_size=40))
def test_a_failed_last_lot_never_eases(rows):
    strictness = [REDUCED, NORMAL, TIGHTENED]
    before = standing_after(rows, reduced_allowed=True).severity
    after = standing_after([*rows, replace(lots("-")[0])], reduced_allowed=True).severity
    assert strictness.index(after) >= strictness.index(before)


def test_lots_are_read_from_what_tasks_keep():
    major = {"is_accepted": True, "ac": 2, "faulty": 1, "tighter_ac": 1, "severity": "tightened"}
    judged = [
        ("TK-1", {"major": major}),
        ("TK-2", {"minor": major}),
        ("TK-3", {"major": {**major, "is_accepted": None}}),
        ("TK-4", {"major": {**major, "tighter_ac": None}}),
    ]
    assert lots_of_class("major", judged) == [
        Lot("TK-1", TIGHTENED, is_accepted=True, ac=2, faulty=1, tighter_ac=1),
        Lot("TK-4", TIGHTENED, is_accepted=True, ac=2, faulty=1, tighter_ac=None),
    ]
