from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.audits import (
    DEALING_WITH,
    Attendee,
    AuditGrade,
    AuditInput,
    FindingInput,
    HeldRole,
    Subject,
    attendee_text,
    attendees_of,
    by_grade,
    conflict,
    finding_problems,
    is_overdue,
    plan_problems,
)
from duban.orgs.domain.roles import Role

SUBJECT = Subject(frozenset({"/1/2/5/"}), frozenset({"/1/9/"}), frozenset({"/1/2/"}))
PLAN = AuditInput("审核", "核验", "", date(2026, 3, 2), date(2026, 3, 4), 1, (2, 1), line_ids=(4,), standard_ids=(7,))
FOUND = FindingInput(AuditGrade.MINOR, "缺记录", "抽 12 份", item_id=3, line_id=4, due_on=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("role", "path", "reason"),
    [
        ("quality_inspector", "/1/2/5/", "{name} works in the audited office. Nobody audits the own office."),
        ("service_desk", "/1/2/5/8/", "{name} works in the audited office. Nobody audits the own office."),
        ("city_manager", "/1/2/", "{name} answers for the audited office. Nobody audits the own office."),
        ("estate_manager", "/1/2/6/", ""),
        ("quality_manager", "/1/2/", ""),
        ("vendor_manager", "/1/9/", "{name} belongs to the audited vendor."),
        ("vendor_manager", "/1/10/", ""),
        ("procurement", "/1/", "{name} buys from the audited vendor or pays it."),
        ("finance", "/1/3/", ""),
        ("auditor", "/1/", ""),
    ],
)
def test_nobody_audits_the_own_office_or_vendor(role, path, reason):
    assert conflict([HeldRole("auditor", "/7/"), HeldRole(role, path)], SUBJECT) == reason


@given(st.lists(st.builds(HeldRole, st.sampled_from([str(role) for role in Role]), st.sampled_from(["/1/", "/1/2/", "/1/9/"]))))
def test_more_roles_never_make_anybody_more_independent(held):
    if conflict(held[:1], SUBJECT):
        assert conflict(held, SUBJECT)
    assert conflict(held, Subject()) == ""
    assert not any(str(role) == "quality_manager" for role in DEALING_WITH)


def fields(problems):
    return {problem.field for problem in problems}


def test_a_plan_says_what_it_lacks():
    assert fields(plan_problems(PLAN, 2026)) == set()
    assert PLAN.team_ids == (1, 2)
    bare = AuditInput(" ", "", "", date(2025, 3, 5), date(2025, 3, 4), 1)
    assert fields(plan_problems(bare, 2026)) == {"title", "objective", "ends_on", "starts_on", "lines", "criteria"}
    worded = AuditInput("审核", "核验", "合同第 4 条", date(2026, 3, 5), date(2026, 3, 5), 1, unit_ids=(3,))
    assert fields(plan_problems(worded, 2026)) == set()


def test_a_finding_says_what_it_lacks():
    assert fields(finding_problems(FOUND)) == set()
    bare = FindingInput(AuditGrade.MAJOR, "", " ")
    assert fields(finding_problems(bare)) == {"statement", "evidence", "criterion", "line", "due_on"}
    assert fields(finding_problems(FindingInput(AuditGrade.STRENGTH, "好", "现场"))) == set()
    assert fields(finding_problems(FindingInput(AuditGrade.OBSERVATION, "可改", "现场", criterion="4.2"))) == set()


def test_people_are_read_from_lines_and_written_back():
    text = "周敏，质量经理，华东区域\n\n王建国, 项目经理\n孙伟"
    people = attendees_of(text)
    assert people == (Attendee("周敏", "质量经理", "华东区域"), Attendee("王建国", "项目经理"), Attendee("孙伟"))
    assert attendees_of(attendee_text(people)) == people
    assert attendees_of("，无名") == ()


def test_an_action_is_overdue_while_it_is_owed():
    due, today = date(2026, 11, 1), date(2026, 11, 2)
    assert is_overdue("minor", "accepted", due, today)
    assert not is_overdue("minor", "done", due, today)
    assert not is_overdue("observation", "open", due, today)
    assert not is_overdue("major", "open", None, today)
    assert not is_overdue("major", "open", today, today)


def test_grades_are_counted_with_zeros():
    counts = by_grade(["minor", "strength", "minor"])
    assert list(counts) == list(AuditGrade)
    assert (counts[AuditGrade.MINOR], counts[AuditGrade.MAJOR], counts[AuditGrade.STRENGTH]) == (2, 0, 1)
