from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.standards.domain.licences import Held, Requirement, Verdict, applicable, check_licences, uncovered_days

ON = date(2026, 11, 1)
LICENCE = Requirement("security", "security_company_permit", "company", "L10 §8")
LIFT = Requirement("maintenance", "special_equipment_maintenance", "company", "L11 §45", work="lift")
ADVICE = Requirement("security", "insurance", "company", "L10 §20", is_mandatory=False)


def held(until, kind="security_company_permit", since=date(2024, 1, 1)):
    return Held(kind, "1", since, until)


@pytest.mark.parametrize(
    ("certificates", "verdict", "opens"),
    [
        ([], Verdict.MISSING, False),
        ([held(date(2026, 10, 31))], Verdict.EXPIRED, False),
        ([held(ON)], Verdict.ENDING, True),
        ([held(ON + timedelta(days=90))], Verdict.ENDING, True),
        ([held(ON + timedelta(days=91))], Verdict.OK, True),
        ([held(None)], Verdict.OK, True),
        ([held(date(2026, 10, 31)), held(None)], Verdict.OK, True),
        ([held(None, since=date(2026, 12, 1))], Verdict.EXPIRED, False),
        ([held(None, kind="guard")], Verdict.MISSING, False),
    ],
)
def test_the_verdict_follows_the_best_certificate(certificates, verdict, opens):
    gate = check_licences([LICENCE], certificates, ON)
    assert (gate.findings[0].verdict, gate.is_open) == (verdict, opens)


def test_what_is_only_advised_never_closes_the_gate():
    assert check_licences([ADVICE], [], ON).is_open


def test_a_special_work_counts_only_where_it_is_agreed():
    rules = (LICENCE, LIFT)
    assert applicable(rules, "maintenance") == ()
    assert applicable(rules, "maintenance", ("lift",)) == (LIFT,)
    assert applicable(rules, "security", ("lift",)) == (LICENCE,)


days = st.integers(0, 60).map(lambda offset: date(2026, 1, 1) + timedelta(days=offset))
certificates = st.builds(lambda start, length: held(start + timedelta(days=length), since=start), days, st.integers(0, 30))


@given(st.lists(certificates, max_size=6), days, st.integers(0, 60))
def test_uncovered_days_are_exactly_those_without_a_certificate(found, start, length):
    end = start + timedelta(days=length)
    gaps = uncovered_days(found, "security_company_permit", start, end)
    open_days = {first + timedelta(days=step) for first, last in gaps for step in range((last - first).days + 1)}
    span = {start + timedelta(days=step) for step in range(length + 1)}
    assert open_days == {day for day in span if not any(one.covers(day) for one in found)}
