from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.contracts.domain.terms import (
    Claim,
    Milestone,
    Term,
    days_within,
    effective_term,
    milestones,
    next_term,
    notice_on,
    overlaps_of,
    periods_of,
)
from duban.kernel.errors import Invalid
from duban.kernel.period import Period, PeriodKind

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
terms = st.builds(lambda start, length: Term(start, start + timedelta(days=length)), days, st.integers(0, 1500))


def test_a_term_that_ends_before_it_begins_is_refused():
    with pytest.raises(Invalid):
        Term(date(2026, 1, 2), date(2026, 1, 1))


@given(terms, st.sampled_from(PeriodKind))
def test_periods_meet_without_gap_or_overlap(term, kind):
    parts = [part.term for part in periods_of(term, kind)]
    assert (parts[0].starts_on, parts[-1].ends_on) == (term.starts_on, term.ends_on)
    assert all(later.starts_on - earlier.ends_on == timedelta(days=1) for earlier, later in pairwise(parts))
    assert sum(part.day_count for part in parts) == term.day_count


@given(terms, st.sampled_from(PeriodKind))
def test_days_within_periods_add_up_to_the_term(term, kind):
    parts = periods_of(term, kind)
    assert [days_within(term, part.period) for part in parts] == [part.term.day_count for part in parts]
    assert all(part.is_whole for part in parts[1:-1])


@given(terms)
def test_the_next_term_meets_the_last_without_gap(term):
    assert next_term(term).starts_on - term.ends_on == timedelta(days=1)


@pytest.mark.parametrize(
    ("term", "following"),
    [
        (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")),
        (("2024-03-01", "2025-02-28"), ("2025-03-01", "2026-02-28")),
        (("2023-03-01", "2024-02-29"), ("2024-03-01", "2025-02-28")),
        (("2026-01-15", "2026-07-14"), ("2026-07-15", "2027-01-14")),
        (("2026-01-31", "2026-02-27"), ("2026-02-28", "2026-03-27")),
        (("2026-01-01", "2026-01-10"), ("2026-01-11", "2026-01-20")),
    ],
)
def test_a_renewal_runs_for_as_many_months(term, following):
    first, second = (Term(*(date.fromisoformat(day) for day in pair)) for pair in (term, following))
    assert next_term(first) == second


@given(days, st.integers(0, 730))
def test_notice_comes_so_many_days_before_the_end(end, distance):
    assert end - notice_on(end, distance) == timedelta(days=distance)


def test_notice_day_of_ninety_days():
    assert notice_on(date(2026, 12, 31), 90) == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("terminated", "last"),
    [(None, "2026-12-31"), ("2027-05-01", "2026-12-31"), ("2026-10-31", "2026-10-31"), ("2026-01-01", "2026-01-01")],
)
def test_a_termination_cuts_the_term(terminated, last):
    term = Term(date(2026, 1, 1), date(2026, 12, 31))
    cut = effective_term(term, date.fromisoformat(terminated) if terminated else None)
    assert cut == Term(term.starts_on, date.fromisoformat(last))


def test_a_termination_before_the_start_leaves_nothing():
    assert effective_term(Term(date(2026, 2, 1), date(2026, 12, 31)), date(2026, 1, 31)) is None


@given(st.lists(st.tuples(st.integers(0, 2), terms), max_size=12))
def test_every_overlap_is_found_and_nothing_else(found):
    claims = [Claim(str(index), subject, term) for index, (subject, term) in enumerate(found)]
    pairs = {frozenset((overlap.first.name, overlap.second.name)) for overlap in overlaps_of(claims)}
    expected = {
        frozenset((one.name, other.name))
        for index, one in enumerate(claims)
        for other in claims[index + 1 :]
        if one.subject == other.subject and one.term.meets(other.term)
    }
    assert pairs == expected


@given(terms, terms)
def test_shared_days_are_those_in_both(one, other):
    shared = one.shared_with(other)
    assert shared == other.shared_with(one)
    assert (shared is not None) == one.meets(other)
    assert shared is None or (one.holds(shared) and other.holds(shared))


def test_milestones_of_a_running_and_a_terminated_contract():
    term = Term(date(2026, 1, 1), date(2026, 12, 31))
    running = milestones(term, notice_days=90, mobilisation_until=date(2026, 3, 31))
    assert running == (
        Milestone("starts", date(2026, 1, 1)),
        Milestone("mobilised", date(2026, 3, 31)),
        Milestone("notice", date(2026, 10, 2)),
        Milestone("ends", date(2026, 12, 31)),
    )
    ended = milestones(term, notice_days=90, terminated_on=date(2026, 8, 31))
    assert ended == (Milestone("starts", date(2026, 1, 1)), Milestone("terminated", date(2026, 8, 31)))


def test_a_month_of_a_term_is_a_calendar_period():
    parts = periods_of(Term(date(2026, 1, 16), date(2026, 3, 10)))
    assert [(part.period.code, part.term.day_count, part.is_whole) for part in parts] == [
        ("2026-01", 16, False),
        ("2026-02", 28, True),
        ("2026-03", 10, False),
    ]
    assert days_within(Term(date(2026, 1, 16), date(2026, 3, 10)), Period.parse("2026Q1")) == 54
