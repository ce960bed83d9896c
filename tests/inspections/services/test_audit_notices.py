import pytest

from duban.inspections.domain.audits import AuditGrade
from duban.inspections.domain.events import AuditActionsDue, AuditFindingMoved, AuditIssued, AuditPlanned
from duban.inspections.models import AuditFinding
from duban.inspections.services import audit_issue
from duban.inspections.services.audit_notices import tell_due, tell_issued, tell_moved, tell_planned
from duban.platform.notices.models import Notice
from tests.factories.audits import make_audit, make_audit_finding, note
from tests.factories.inspections import make_line


@pytest.fixture
def line(world):
    return make_line(world.ours)


def told():
    found = set(Notice.objects.values_list("person_id", flat=True))
    Notice.objects.all().delete()
    return found


def keys(world, *roles):
    return {world.person(role).pk for role in roles}


def test_team_and_audited_offices_hear_of_the_plan(line, world):
    unit = world.ours.project_two
    audit = make_audit(world.ours, line, unit_ids=(unit.pk,))
    told()
    tell_planned(AuditPlanned(audit.code))
    assert told() == keys(world, "quality_manager", "auditor", "estate_manager")
    tell_planned(AuditPlanned("AU-0"))
    assert told() == set()


def test_whoever_must_answer_hears_of_the_report(actor, line, world):
    tenant = world.ours
    rival = make_line(tenant, service_line="security", vendor=tenant.rival)
    audit = make_audit(tenant, line, state="reporting", line_ids=(line.pk, rival.pk), unit_ids=(tenant.project.pk,))
    note(tenant, audit, line, line_id=None, unit_id=tenant.project.pk)
    note(tenant, audit, line, line_id=None, grade=AuditGrade.STRENGTH, due_on=None)
    audit_issue(actor=actor("quality_manager"), audit=audit, conclusion="符合")
    told()
    tell_issued(AuditIssued(audit.code))
    heard = set(Notice.objects.filter(kind="inspections.audit_action").values_list("person_id", flat=True))
    assert heard == keys(world, "vendor_manager", "vendor_foreman", "estate_manager")
    assert keys(world, "rival_manager") <= told()
    tell_issued(AuditIssued("AU-0"))
    assert told() == set()


def test_each_side_hears_what_waits_for_it(line, world):
    finding = make_audit_finding(world.ours, line)
    told()
    tell_moved(AuditFindingMoved(finding.code, "answered"))
    assert told() == keys(world, "quality_manager", "auditor")
    tell_moved(AuditFindingMoved(finding.code, "accepted"))
    assert told() == keys(world, "vendor_manager", "vendor_foreman")
    tell_moved(AuditFindingMoved(finding.code, "withdrawn"))
    tell_moved(AuditFindingMoved("AF-0", "done"))
    assert told() == set()


def test_the_lead_hears_of_what_is_due(line, world):
    finding = make_audit_finding(world.ours, line)
    told()
    tell_due(AuditActionsDue((finding.code,)))
    assert told() == keys(world, "vendor_manager", "vendor_foreman", "quality_manager")


def test_a_finding_that_nobody_owes_tells_nobody_of_the_audited(line, world):
    finding = make_audit_finding(world.ours, line)
    AuditFinding.objects.update(line=None, due_on=None)
    told()
    tell_moved(AuditFindingMoved(finding.code, "open"))
    tell_due(AuditActionsDue((finding.code,)))
    assert told() == keys(world, "quality_manager")
