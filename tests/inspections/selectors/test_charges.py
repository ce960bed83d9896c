from datetime import date

import pytest

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import Finding, UncountedResult
from duban.inspections.selectors.charges import occurrences_of_finding
from tests.factories.inspections import make_finding, make_line, make_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world):
    return make_line(world.ours)


def kinds(finding):
    return [(item.kind, item.on, item.code) for item in occurrences_of_finding(finding)]


def test_a_finding_makes_its_failed_item_and_what_came_of_it(line):
    finding = make_finding(line, day=date(2026, 10, 5), due_on=date(2026, 10, 12), repeat_number=2)
    make_finding(line, day=date(2026, 10, 5), due_on=date(2026, 10, 12), repeat_number=2)
    make_result(line, item=1, day=date(2026, 10, 8), verdict=Verdict.FAIL)
    assert kinds(finding) == [
        ("failed_item", date(2026, 10, 5), finding.check_result.code),
        ("repeat_finding", date(2026, 10, 5), f"{finding.code}/repeat"),
        ("late_rectification", date(2026, 10, 12), finding.code),
    ]


def test_one_that_is_not_due_yet_or_was_put_right_in_time_is_no_delay(line):
    waiting = make_finding(line, due_on=date(2026, 11, 30))
    done = make_finding(line, due_on=date(2026, 10, 12), rectified_on=date(2026, 10, 12))
    assert [kind for finding in (waiting, done) for kind, _, _ in kinds(finding)] == ["failed_item", "failed_item"]


def test_an_item_that_is_a_red_line_says_so(line):
    assert [kind for kind, _, _ in kinds(make_finding(line, item=3, due_on=None))] == ["red_line"]


def test_what_a_doubted_record_does_not_count_for_is_missing(line):
    finding = make_finding(line, due_on=date(2026, 11, 30))
    result = finding.check_result
    UncountedResult.objects.create(check_result=result, line=line, day=result.day, for_score=False, for_money=False)
    assert occurrences_of_finding(finding) == ()


def test_one_without_a_check_makes_only_what_came_of_it(line):
    finding = make_finding(line, due_on=date(2026, 10, 9))
    Finding.objects.filter(pk=finding.pk).update(check_result=None)
    assert [kind for kind, _, _ in kinds(Finding.objects.get(pk=finding.pk))] == ["late_rectification"]
