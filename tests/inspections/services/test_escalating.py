from datetime import UTC, datetime, timedelta

import pytest

from duban.inspections.models import Finding
from duban.inspections.services import findings_escalate, move_finding
from duban.platform.audit.models import AuditEntry
from duban.platform.notices.models import Notice
from tests.factories.inspections import make_finding, make_line

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def level():
    return Finding.objects.get().escalation_level


def test_an_overdue_finding_climbs_and_a_repeated_job_changes_nothing(line, django_capture_on_commit_callbacks):
    make_finding(line, due_at=NOW - timedelta(hours=30))
    assert (findings_escalate(now=NOW), level()) == (1, 2)
    assert (findings_escalate(now=NOW), level()) == (0, 2)
    assert (findings_escalate(now=NOW + timedelta(days=9)), level()) == (1, 4)
    assert findings_escalate(now=NOW + timedelta(days=99)) == 0
    assert AuditEntry.objects.filter(action="escalate").count() == 2


def test_a_day_without_a_time_climbs_from_its_end(line):
    make_finding(line, due_at=None)
    findings_escalate(now=NOW)
    assert level() == 4


def test_what_is_not_due_or_not_open_stays(line):
    make_finding(line, due_at=NOW + timedelta(hours=1), due_on=NOW.date())
    make_finding(line, item=1, due_at=NOW - timedelta(days=9), state="rectified")
    make_finding(line, item=2, due_at=None, due_on=None)
    assert findings_escalate(now=NOW) == 0
    assert set(Finding.objects.values_list("escalation_level", flat=True)) == {0}


def test_a_reopened_finding_is_shown_to_the_foreman_then_the_manager(actor, line):
    finding = make_finding(line, due_at=NOW + timedelta(days=9))
    for count in (1, 2):
        move_finding(actor=actor("vendor_foreman"), finding=finding, move="rectify", note="好了")
        move_finding(actor=actor("quality_manager"), finding=finding, move="reopen", note="没好")
        findings_escalate(now=NOW + timedelta(minutes=1))
        assert level() == count


def test_each_level_tells_its_people(line, world):
    from duban.inspections.domain.events import FindingsEscalated
    from duban.inspections.services.notices import tell_escalated

    finding = make_finding(line)
    for step, role in enumerate(("vendor_foreman", "vendor_manager", "estate_manager", "city_manager"), start=1):
        Notice.objects.all().delete()
        tell_escalated(FindingsEscalated(((finding.code, step),)))
        assert list(Notice.objects.values_list("person", flat=True)) == [world.person(role).pk]
