from datetime import UTC, date, datetime, timedelta

import pytest

from duban.inspections.models import Finding
from duban.inspections.services import findings_announce_overdue, findings_assign, findings_extend, move_finding
from duban.kernel.errors import Invalid, NotAllowed
from duban.kernel.metrics import EvidenceChanged
from duban.platform.audit.models import AuditEntry
from tests.factories.inspections import make_finding, make_line

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def announced(monkeypatch):
    events = []
    monkeypatch.setattr("duban.inspections.services.findings.announce", events.append)
    return events


@pytest.fixture
def finding(world):
    return make_finding(make_line(world.ours), finder=world.person("quality_inspector"))


def test_the_finder_cannot_re_check(actor, finding):
    move_finding(actor=actor("vendor_foreman"), finding=finding, move="rectify", note="已清洁")
    for move in ("close", "reopen"):
        with pytest.raises(NotAllowed, match="found this yourself"):
            move_finding(actor=actor("quality_inspector"), finding=finding, move=move, note="看过")
    finding.refresh_from_db()
    assert finding.state == "rectified"
    assert move_finding(actor=actor("estate_manager"), finding=finding, move="close").state == "closed"


def test_times_of_day_are_stamped_and_reopening_is_counted(actor, finding):
    done = NOW - timedelta(hours=3)
    moved = move_finding(actor=actor("vendor_foreman"), finding=finding, move="rectify", note="已清洁", at=done)
    assert (moved.rectified_at, moved.rectified_on) == (done, date(2026, 11, 23))
    again = move_finding(actor=actor("quality_manager"), finding=finding, move="reopen", note="仍脏")
    assert (again.rectified_at, again.reopened_at, again.reopened_count) == (None, NOW, 1)


def test_a_time_in_the_future_counts_as_now(actor, finding):
    late = NOW + timedelta(hours=3)
    moved = move_finding(actor=actor("vendor_foreman"), finding=finding, move="rectify", note="已清洁", at=late)
    assert moved.rectified_at == NOW


def test_an_owner_is_somebody_who_has_to_do_with_it(actor, finding, world):
    manager = actor("quality_manager")
    assert findings_assign(actor=manager, findings=[finding], owner=world.person("vendor_manager")) == 1
    finding.refresh_from_db()
    assert findings_assign(actor=manager, findings=[finding], owner=world.person("vendor_manager")) == 0
    for role in ("finance", "rival_manager", "their quality_manager"):
        with pytest.raises(Invalid):
            findings_assign(actor=manager, findings=[finding], owner=world.person(role))
    with pytest.raises(NotAllowed):
        findings_assign(actor=actor("vendor_manager"), findings=[finding], owner=None)
    assert findings_assign(actor=manager, findings=[finding], owner=None) == 1
    assert AuditEntry.objects.filter(action="assign", target_code=finding.code).count() == 2


def test_more_time_needs_a_reason_and_a_later_moment(actor, finding):
    manager = actor("quality_manager")
    until = NOW + timedelta(days=2)
    assert findings_extend(actor=manager, findings=[finding], until=until, reason="待料") == 1
    finding.refresh_from_db()
    assert (finding.due_at, finding.due_on, finding.due_rule) == (until, date(2026, 11, 25), {"extended": "待料"})
    for bad, reason in ((until, "再延"), (NOW - timedelta(hours=1), "补"), (until + timedelta(days=1), " ")):
        with pytest.raises(Invalid):
            findings_extend(actor=manager, findings=[finding], until=bad, reason=reason)
    with pytest.raises(NotAllowed):
        findings_extend(actor=actor("vendor_manager"), findings=[finding], until=until + timedelta(days=1), reason="x")
    assert Finding.objects.get().due_at == until


def test_a_settled_finding_gets_no_more_time(actor, finding):
    move_finding(actor=actor("quality_manager"), finding=finding, move="withdraw", note="误判")
    finding.refresh_from_db()
    assert findings_extend(actor=actor("quality_manager"), findings=[finding], until=NOW + timedelta(days=1), reason="x") == 0


def test_days_that_ran_out_lately_are_announced_once_each(world, announced):
    line = make_line(world.ours)
    assert findings_announce_overdue() == 0
    for item, state in enumerate(("open", "closed", "withdrawn")):
        make_finding(line, item=item, due_on=date(2026, 11, 22), state=state)
    make_finding(line, due_on=date(2026, 11, 23))
    assert findings_announce_overdue() == 1
    assert announced == [EvidenceChanged("inspections", ((line.pk, date(2026, 11, 22)),))]
