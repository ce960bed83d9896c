from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.calibration.patterns import VisitTally, discoveries, samenesses
from tests.inspections.domain.calibration.simulated import simulated


def test_ninety_five_for_everybody_is_found():
    _tallies, visits = simulated(favour={})
    copied = [replace(one, passed=47 + index % 2) if one.inspector == "丙" else one for index, one in enumerate(visits)]
    found = {one.inspector: one for one in samenesses(copied)}
    assert [name for name, one in found.items() if one.is_narrow] == ["丙"]
    assert found["丙"].ratio < 0.3


def test_honest_visits_are_not_narrow():
    assert not any(one.is_narrow or one.is_copied for one in samenesses(simulated(favour={})[1]))


def test_the_same_answers_again_and_again_are_found():
    _tallies, visits = simulated(favour={})
    pasted = [
        replace(one, answers="3,17" if one.inspector == "甲" and index % 3 == 0 else f"{index}")
        for index, one in enumerate(visits)
    ]
    found = {one.inspector: one for one in samenesses(pasted)}
    assert [name for name, one in found.items() if one.is_copied] == ["甲"]
    assert found["甲"].repeats >= 0.2 * found["甲"].visits


def test_answers_that_come_again_to_everybody_are_nobodys():
    _tallies, visits = simulated(favour={})
    short = [replace(one, answers=f"{index % 3}") for index, one in enumerate(visits)]
    found = samenesses(short)
    assert all(one.repeats > 0.9 * one.visits for one in found)
    assert not any(one.is_copied for one in found)


def test_few_visits_are_said_to_be_few():
    (one,) = samenesses([VisitTally("a", "s", 4, 5), VisitTally("a", "s", 5, 5), VisitTally("a", "s", 0, 0)])
    assert (one.ratio, one.reason, one.is_narrow, one.visits) == (None, "few", False, 3)


@given(chances=st.lists(st.floats(0, 1), max_size=20))
def test_discoveries_are_the_smallest_and_grow_with_the_share(chances):
    strict, loose = discoveries(chances, share=0.01), discoveries(chances, share=0.2)
    assert len(strict) == len(chances)
    assert all(wide for narrow, wide in zip(strict, loose, strict=True) if narrow)
    taken = [chance for chance, is_in in zip(chances, loose, strict=True) if is_in]
    left = [chance for chance, is_in in zip(chances, loose, strict=True) if not is_in]
    assert not taken or not left or max(taken) <= min(left)


def test_discoveries_follow_the_published_example():
    """Benjamini and Hochberg (1995), fifteen tests of the thrombolysis trials: the first four count."""
    chances = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert np.flatnonzero(discoveries(chances)).tolist() == [0, 1, 2, 3]
    assert discoveries([]) == ()
    assert discoveries([0.04]) == (True,)
