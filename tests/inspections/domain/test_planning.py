from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.planning import Rule, due_days, seed_of, span_of
from duban.inspections.domain.plans import Frequency, Span

START, END = date(2026, 11, 1), date(2026, 11, 30)
CALENDAR, TIMES = Frequency.CALENDAR, Frequency.TIMES


def days(rule, start=START, end=END):
    return [due.on for due in due_days(rule, start, end)]


def test_weekdays_and_days_of_the_month_add_up_and_none_comes_twice():
    rule = Rule(CALENDAR, date(2026, 1, 1), weekdays=(1,), month_days=(9, 31))
    assert days(rule) == [date(2026, 11, day) for day in (2, 9, 16, 23, 30)]
    assert days(Rule(CALENDAR, date(2026, 1, 1), month_days=(15, 31))) == [date(2026, 11, 15), date(2026, 11, 30)]


def test_every_second_week_counts_from_the_week_the_plan_starts_in():
    rule = Rule(CALENDAR, date(2026, 11, 4), weekdays=(1, 5), every_weeks=2)
    assert days(rule) == [date(2026, 11, day) for day in (6, 16, 20, 30)]


def test_nothing_is_due_before_the_plan_starts_or_after_it_ends():
    rule = Rule(CALENDAR, date(2026, 11, 10), date(2026, 11, 20), weekdays=(1, 2, 3, 4, 5, 6, 7))
    assert (days(rule)[0], days(rule)[-1]) == (date(2026, 11, 10), date(2026, 11, 20))
    assert days(rule, date(2026, 12, 1), date(2026, 12, 31)) == []
    assert days(Rule(TIMES, date(2027, 1, 1))) == []


def test_an_announced_round_stands_in_the_middle_of_its_stretch_and_says_why():
    found = due_days(Rule(TIMES, date(2026, 1, 1), times=2, span=Span.MONTH, window_days=3), START, END)
    assert [(due.on.day, due.until.day) for due in found] == [(8, 11), (23, 26)]
    assert found[1].reason.inputs == {"number": "2", "times": "2", "from": "2026-11-01"}


def test_a_round_is_made_inside_its_period():
    found = due_days(Rule(TIMES, date(2026, 1, 1), times=1, span=Span.WEEK, window_days=6), START, END)
    assert {due.until.isoweekday() for due in found} == {7}
    fixed = due_days(Rule(CALENDAR, date(2026, 1, 1), month_days=(30,), window_days=2), START, END)
    assert fixed[0].until == date(2026, 12, 2)


def test_more_times_than_days_are_one_a_day():
    assert len(days(Rule(TIMES, date(2026, 1, 1), times=9, span=Span.WEEK), date(2026, 11, 2), date(2026, 11, 8))) == 7


def test_the_day_of_an_unannounced_round_hangs_on_the_salt_alone():
    rules = [Rule(TIMES, date(2026, 1, 1), span=Span.QUARTER, is_steady=False, salt=str(number)) for number in range(30)]
    found = [days(rule, date(2026, 10, 1), date(2026, 12, 31))[0] for rule in rules]
    assert len(set(found)) > 15
    assert found == [days(rule, date(2026, 10, 1), date(2026, 12, 31))[0] for rule in rules]


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Span.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_spans_have_their_ends(span, first, last):
    assert span_of(span, date(2026, 11, 18)) == (first, last)


def test_a_seed_can_be_recomputed():
    assert seed_of("a", 1) == seed_of("a", 1) != seed_of("a", 2)
    assert 0 <= seed_of("b") < 2**62


rules = st.builds(
    Rule,
    frequency=st.sampled_from(list(Frequency)),
    starts_on=st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    ends_on=st.none() | st.dates(date(2026, 3, 1), date(2026, 12, 31)),
    weekdays=st.frozensets(st.integers(1, 7)),
    every_weeks=st.integers(1, 4),
    month_days=st.frozensets(st.integers(1, 31)),
    times=st.integers(1, 31),
    span=st.sampled_from(list(Span)),
    window_days=st.integers(0, 20),
    is_steady=st.booleans(),
    salt=st.text(max_size=4),
)


@given(rules, st.integers(0, 200), st.integers(0, 60), st.integers(0, 60))
def test_spans_asked_for_piece_by_piece_give_the_same_days(rule, offset, first, second):
    start = date(2026, 1, 1) + timedelta(days=offset)
    middle, end = start + timedelta(days=first), start + timedelta(days=first + 1 + second)
    whole = due_days(rule, start, end)
    assert due_days(rule, start, middle) + due_days(rule, middle + timedelta(days=1), end) == whole
    assert [due.on for due in whole] == sorted({due.on for due in whole})
    assert all(due.on <= due.until <= due.on + timedelta(days=rule.window_days) for due in whole)
