from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Finding, TimeLimit
from duban.inspections.services import correct_result, findings_extend, move_finding, open_findings, record_results
from duban.inspections.services.opening import count_repeats
from duban.kernel.metrics import EvidenceChanged
from duban.orgs.models import RoleGrant
from tests.factories.inspections import items_of, make_line, make_place

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 10, 12)


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def place(world):
    return make_place(world.ours.estate, "11栋")


def record(actor, line, *days, place=None, item=0, severity=None):
    rows = [
        CheckRow(line.pk, items_of(line)[item].pk, day, Verdict.FAIL, place_id=place and place.pk, severity=severity)
        for day in days
    ]
    record_results(actor=actor("quality_manager"), rows=rows)


def numbers():
    return list(Finding.objects.order_by("found_on", "pk").values_list("repeat_number", flat=True))


def test_the_same_fault_at_the_same_place_is_counted(actor, line, place):
    record(actor, line, DAY, DAY - timedelta(days=10), place=place)
    record(actor, line, DAY + timedelta(days=20), place=place)
    record(actor, line, DAY + timedelta(days=20), place=place, item=1)
    record(actor, line, DAY + timedelta(days=20))
    assert numbers() == [1, 2, 3, 1, 1]


def test_an_older_fault_that_arrives_later_renumbers_what_follows(actor, line, place, monkeypatch):
    record(actor, line, DAY, place=place)
    events = []
    monkeypatch.setattr("duban.inspections.services.opening.announce", events.append)
    record(actor, line, DAY - timedelta(days=30), place=place)
    assert numbers() == [1, 2]
    changed = {pair for event in events if isinstance(event, EvidenceChanged) for pair in event.pairs}
    assert (line.pk, DAY) in changed


def test_a_withdrawn_finding_no_longer_counts(actor, line, place):
    record(actor, line, DAY - timedelta(days=10), DAY, place=place)
    first = Finding.objects.order_by("found_on").first()
    move_finding(actor=actor("quality_manager"), finding=first, move="withdraw", note="误判")
    assert numbers()[1] == 1
    move_finding(actor=actor("quality_manager"), finding=first, move="restore", note="确属")
    assert numbers()[1] == 2


def test_the_time_follows_severity_and_keeps_its_source(actor, line):
    record(actor, line, DAY, severity=Grade.CRITICAL)
    record(actor, line, DAY, item=1, severity=Grade.MAJOR)
    critical, major = Finding.objects.order_by("pk")
    assert critical.due_at == datetime(2026, 10, 13, 12, tzinfo=SHANGHAI)
    assert major.due_at == datetime(2026, 10, 15, 18, tzinfo=SHANGHAI)
    assert (major.due_rule["amount"], major.due_rule["unit"]) == (3, "working_days")
    assert "T2" in major.due_rule["source"]


def test_a_contract_may_allow_less(actor, line):
    TimeLimit.objects.create(
        subject="rectify.minor", contract=line.contract, amount=4, unit="hours", ends_at=time(18), source="合同 8.2"
    )
    record(actor, line, DAY, severity=Grade.MINOR)
    finding = Finding.objects.get()
    assert finding.due_at == datetime(2026, 10, 12, 16, tzinfo=SHANGHAI)
    assert finding.due_rule["setter"] == line.contract.code


def test_a_corrected_severity_moves_the_due_time_unless_more_was_given(actor, line, time_machine):
    time_machine.move_to(datetime(2026, 10, 12, 15, tzinfo=SHANGHAI))
    record(actor, line, DAY, severity=Grade.MINOR)
    manager, result = actor("quality_manager"), CheckResult.objects.get()
    correct_result(actor=manager, result=result, verdict=Verdict.FAIL, severity=Grade.MAJOR, reason="更重")
    finding = Finding.objects.get()
    assert finding.due_at == datetime(2026, 10, 15, 18, tzinfo=SHANGHAI)
    until = datetime(2026, 10, 20, 18, tzinfo=SHANGHAI)
    findings_extend(actor=manager, findings=[finding], until=until, reason="待料")
    correct_result(actor=manager, result=result, verdict=Verdict.FAIL, severity=Grade.MINOR, reason="轻")
    assert Finding.objects.get().due_at == until


def test_the_only_foreman_owns_what_is_found(actor, line, world):
    record(actor, line, DAY)
    assert Finding.objects.get().owner == world.person("vendor_foreman")
    RoleGrant.objects.create(
        person=world.person("vendor_worker"), unit=world.ours.vendor.unit, role="vendor_foreman", from_on=date(2026, 1, 1)
    )
    record(actor, line, DAY, item=1)
    assert Finding.objects.latest("pk").owner is None


def test_nothing_failed_opens_nothing(line):
    assert open_findings(results=[], texts={}) == []


def test_nothing_touched_renumbers_nothing(world):
    assert count_repeats() == []
