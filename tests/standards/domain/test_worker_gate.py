from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duban.standards.domain.licences import Held, Requirement, Verdict, check_licences
from duban.standards.domain.worker_gate import (
    BY_THE_POST,
    REFUSALS,
    Employment,
    WorkerDuty,
    judge_worker,
    worker_requirements,
)

DAY = date(2026, 10, 5)
RULES = (
    Requirement("security", "security_company_permit", "company", "L10 §8"),
    Requirement("security", "guard", "worker", "L10 §16"),
    Requirement("maintenance", "lift_worker", "worker", "L11 §14", work="lift"),
    Requirement("greening", "height_work", "worker", "L13 §30", work="height", is_mandatory=False),
)
GUARD = Held("guard", "1", date(2024, 1, 1), date(2026, 12, 31))


def verdicts(duty, held):
    gate = judge_worker(duty, RULES, held, Employment())
    return gate.is_open, [(finding.requirement.certificate_kind, finding.verdict.value) for finding in gate.licences.findings]


def test_the_law_of_the_service_line_asks_people_for_what_people_hold():
    duty = WorkerDuty(1, DAY, "security")
    assert verdicts(duty, [GUARD]) == (True, [("guard", "ending")])
    assert verdicts(duty, []) == (False, [("guard", "missing")])
    assert verdicts(WorkerDuty(1, DAY, "cleaning"), []) == (True, [])


def test_special_work_and_the_post_ask_for_more():
    assert verdicts(WorkerDuty(1, DAY, "maintenance"), []) == (True, [])
    assert verdicts(WorkerDuty(1, DAY, "maintenance", works=("lift",)), []) == (False, [("lift_worker", "missing")])
    asked = worker_requirements(RULES, WorkerDuty(1, DAY, "security", credentials=("guard", "lift_worker", "health", "health")))
    assert [(rule.certificate_kind, rule.source) for rule in asked] == [
        ("guard", "L10 §16"),
        ("lift_worker", "L11 §14"),
        ("health", BY_THE_POST),
    ]
    optional = worker_requirements(RULES, WorkerDuty(1, DAY, "greening", works=("height",), credentials=("height_work",)))
    assert [rule.is_mandatory for rule in optional] == [False, True]


def test_an_unverified_credential_counts_for_a_while():
    waits = Held("guard", "1", date(2024, 1, 1), None, is_verified=False, provisional_until=DAY)
    duty = WorkerDuty(1, DAY, "security")
    assert verdicts(duty, [waits]) == (True, [("guard", "provisional")])
    assert verdicts(WorkerDuty(1, date(2026, 10, 6), "security"), [waits]) == (False, [("guard", "unverified")])
    assert verdicts(duty, [waits, GUARD]) == (True, [("guard", "ending")])
    ended = Held("guard", "1", date(2024, 1, 1), date(2026, 10, 4))
    assert verdicts(duty, [ended]) == (False, [("guard", "expired")])


def test_nobody_stands_there_outside_the_employment():
    duty = WorkerDuty(1, DAY, "security")
    assert not judge_worker(duty, RULES, [GUARD], Employment(date(2026, 10, 6))).is_open
    assert not judge_worker(duty, RULES, [GUARD], Employment(None, date(2026, 10, 4))).is_open
    assert judge_worker(duty, RULES, [GUARD], Employment(DAY, DAY)).is_open


@given(
    st.lists(
        st.builds(
            Held,
            st.sampled_from(["guard", "health"]),
            st.just("1"),
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.booleans(),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        )
    ),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_the_gate_is_open_exactly_when_one_counts(held, on):
    gate = check_licences([RULES[1]], held, on)
    assert gate.is_open == any(one.kind == "guard" and one.counts(on) for one in held)
    assert all(finding.verdict in REFUSALS for finding in gate.problems)
    assert {*REFUSALS} == {Verdict.MISSING, Verdict.EXPIRED, Verdict.UNVERIFIED}
