from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.frequency import Grounds, Wish, factor_problems, rounds_for
from duban.inspections.domain.frequency_calc import DEFAULTS, factors_of

FACTORS = factors_of(DEFAULTS)
WISH = Wish(4, 1, 12)


def times(**grounds):
    return rounds_for(WISH, Grounds(**grounds), FACTORS).times


def test_what_is_not_known_moves_nothing():
    found = rounds_for(WISH, Grounds(), FACTORS)
    assert found.times == 4
    assert [step.rule for step in found.trace] == ["base", "grade", "failures", "complaints", "season", "clamp"]


@pytest.mark.parametrize(("grade", "expected"), [("A", 2), ("B", 4), ("C", 6), ("D", 8), ("E", 4)])
def test_a_better_vendor_is_looked_at_less(grade, expected):
    assert times(grade=grade) == expected


@pytest.mark.parametrize(("checks", "failed", "expected"), [(29, 29, 4), (100, 1, 3), (100, 2, 4), (100, 5, 4), (100, 6, 6)])
def test_failures_count_from_enough_checks(checks, failed, expected):
    assert times(checks=checks, failed=failed) == expected


@pytest.mark.parametrize(("complaints", "expected"), [(0, 4), (1, 4), (2, 5), (4, 5), (5, 6)])
def test_complaints_count_in_bands(complaints, expected):
    assert times(complaints=complaints) == expected


def test_a_season_asks_for_more_and_the_plan_keeps_its_limits():
    assert times(is_season=True) == 6
    assert rounds_for(WISH, Grounds("D", 100, 50, 9, is_season=True), FACTORS).times == 12
    assert rounds_for(Wish(1, 1, 9), Grounds("A", 100, 0), FACTORS).times == 1
    assert rounds_for(Wish(3, 1, 9), Grounds("A"), FACTORS).times == 2


def test_the_trace_says_the_product():
    found = rounds_for(WISH, Grounds("C", 100, 10, 2), FACTORS)
    assert found.trace[-1].inputs == {"product": "11.25", "whole": "11", "least": "1", "most": "12"}
    assert found.trace[2].inputs["share"] == "10.0"


GROUNDS = st.builds(
    Grounds,
    grade=st.sampled_from(["", "A", "B", "C", "D"]),
    checks=st.just(1000),
    failed=st.integers(0, 1000),
    complaints=st.integers(0, 20),
    is_season=st.booleans(),
)


@given(st.integers(1, 31), GROUNDS)
def test_worse_never_means_fewer(base, grounds):
    wish = Wish(base, 1, 31)
    usual = rounds_for(wish, grounds, FACTORS).times
    assert wish.least <= usual <= wish.most
    assert rounds_for(wish, replace(grounds, failed=min(grounds.failed + 50, 1000)), FACTORS).times >= usual
    assert rounds_for(wish, replace(grounds, complaints=grounds.complaints + 3), FACTORS).times >= usual
    assert rounds_for(wish, replace(grounds, is_season=True), FACTORS).times >= usual


def test_factors_that_make_no_sense_are_named():
    wrong = replace(
        FACTORS,
        season=Decimal(-1),
        failures_low_below=Decimal("0.5"),
        complaints_from=6,
    )
    assert [error.field for error in factor_problems(wrong)] == ["season", "failures_high_from", "complaints_many_from"]
    assert factor_problems(FACTORS) == ()
