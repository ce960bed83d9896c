from datetime import date

import pytest

from duban.inspections.domain.audits import AuditGrade, MeetingKind
from duban.inspections.models import Audit, AuditFinding, AuditMeeting, AuditProgramme
from duban.inspections.selectors.audits import (
    audit_finding_get,
    audit_finding_list,
    audit_finding_page,
    audit_finding_to_edit,
    audit_get,
    audit_items,
    audit_list,
    audit_page,
    audit_to_run,
    audit_to_work_on,
    meeting_of,
    programme_for,
    programme_get,
    programme_list,
    programme_page,
)
from duban.inspections.services import audit_finding_rectify, audit_issue, audit_move
from duban.kernel.errors import NotAllowed, NotFound
from duban.orgs.models import RoleGrant
from duban.standards.models import Checklist
from tests.factories.audits import make_audit, make_audit_finding, make_programme, meet, note
from tests.factories.inspections import items_of, make_line
from tests.factories.orgs import LONG_AGO


@pytest.fixture
def line(world):
    return make_line(world.ours)


def codes(rows):
    return sorted(row.code for row in rows)


def test_who_sees_which_audit(actor, line, world):
    planned = make_audit(world.ours, line)
    issued = make_audit(world.ours, line, state="issued")
    for role in ("group_admin", "city_manager", "estate_manager", "auditor", "quality_inspector", "procurement"):
        assert codes(audit_list(actor(role))) == codes([planned, issued])
    assert codes(audit_list(actor("vendor_manager"))) == [issued.code]
    for role in ("rival_manager", "their quality_manager", "their vendor_manager"):
        assert codes(audit_list(actor(role))) == []
        with pytest.raises(NotFound):
            audit_get(actor(role), issued.code)
    with pytest.raises(NotAllowed):
        audit_list(actor("stranger"))


def test_the_audited_read_findings_only_after_the_report(actor, line, world):
    audit = make_audit(world.ours, line, state="reporting")
    draft = AuditFinding.objects.get(audit=audit)
    for role in ("quality_manager", "auditor", "group_admin"):
        assert codes(audit_finding_list(actor(role))) == [draft.code]
    for role in ("estate_manager", "quality_inspector", "city_manager", "vendor_manager"):
        assert codes(audit_finding_list(actor(role))) == []
    audit_issue(actor=actor("quality_manager"), audit=audit, conclusion="符合")
    for role in ("estate_manager", "vendor_manager"):
        assert codes(audit_finding_list(actor(role))) == [draft.code]
    assert codes(audit_finding_list(actor("rival_manager"))) == []
    AuditFinding.objects.update(state="withdrawn")
    assert codes(audit_finding_list(actor("vendor_manager"))) == []


def test_a_vendor_sees_of_an_audit_only_what_concerns_it(actor, line, world):
    tenant = world.ours
    rival = make_line(tenant, service_line="security", vendor=tenant.rival)
    audit = make_audit(tenant, line, state="reporting", line_ids=(line.pk, rival.pk), unit_ids=(tenant.project.pk,))
    note(tenant, audit, rival, line_id=rival.pk, item_id=None, criterion="合同 4.2")
    audit_issue(actor=actor("quality_manager"), audit=audit, conclusion="符合")
    page = audit_page(actor("vendor_manager"), audit_get(actor("vendor_manager"), audit.code))
    assert [row.line_id for row in page.findings] == [line.pk]
    assert (page.lines, page.units, page.meetings) == ((line,), (), {})
    assert not page.can_work
    office = audit_page(actor("estate_manager"), audit_get(actor("estate_manager"), audit.code))
    assert (len(office.findings), set(office.meetings)) == (2, {"opening", "closing"})
    assert office.is_insider
    whole = audit_page(actor("auditor"), audit_get(actor("auditor"), audit.code))
    assert (whole.lead, whole.can_work, whole.can_run) == (world.person("quality_manager").name, True, False)
    assert whole.grades == {"major": 0, "minor": 2, "observation": 0, "opportunity": 0, "strength": 0}


def test_the_team_sees_its_audit_wherever_it_works(actor, line, world):
    tenant = world.ours
    far = make_line(tenant, service_line="security", estate=tenant.estate_two)
    member = tenant.people["quality_inspector"]
    audit = make_audit(tenant, far, state="under_way", member_ids=(member.pk,))
    assert codes(audit_list(actor("quality_inspector"))) == [audit.code]
    assert audit_to_work_on(actor("quality_inspector"), audit.code) == audit
    with pytest.raises(NotAllowed):
        audit_to_run(actor("quality_inspector"), audit.code)
    with pytest.raises(NotAllowed):
        audit_to_work_on(actor("city_manager"), audit.code)
    finding = note(tenant, audit, far)
    assert audit_finding_to_edit(actor("quality_inspector"), finding.code) == finding
    with pytest.raises(NotAllowed):
        audit_finding_to_edit(actor("group_admin"), finding.code)
    assert audit_to_run(actor("quality_manager"), audit.code) == audit


def test_the_programme_shows_the_year_month_by_month(actor, line, world):
    programme = make_programme(world.ours)
    make_audit_finding(world.ours, line)
    spring = make_audit(world.ours, line, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 3))
    audit_move(actor=actor("quality_manager"), audit=spring, move="cancel", note="改期")
    AuditFinding.objects.update(due_on=date(2026, 11, 1))
    page = programme_page(actor("quality_manager"), 2026)
    assert [len(month) for month in page.months] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert (page.done, page.planned, page.open_findings, page.overdue_findings) == (1, 1, 1, 1)
    assert (page.programmes, page.years, page.can_run) == ((programme,), (2026, 2027), True)
    assert programme_page(actor("quality_manager"), 2025).years == (2025, 2026, 2027)
    vendor = programme_page(actor("vendor_manager"), 2026)
    assert (vendor.programmes, vendor.done, vendor.can_run) == ((), 1, False)
    assert [row.is_late for row in audit_finding_list(actor("auditor"))] == [True]


def test_programmes_belong_to_their_offices(actor, world):
    programme = make_programme(world.ours)
    assert programme_get(actor("estate_manager"), programme.code) == programme
    assert not programme_list(actor("vendor_manager")).exists()
    assert not programme_list(actor("their quality_manager")).exists()
    assert programme_for(actor("quality_manager"), 2026)["objectives"] == programme.objectives
    assert programme_for(actor("quality_manager"), 2027) == {"year": 2027}
    assert programme_for(actor("estate_manager"), 2026) == {"year": 2026}
    assert (programme.audit_scope(), programme.permission_paths()) == (world.ours.root.path, (world.ours.root.path,))
    assert AuditProgramme.objects.count() == 1


def test_a_finding_page_offers_what_the_reader_may_do(actor, line, world):
    finding = make_audit_finding(world.ours, line)
    shown = {role: audit_finding_page(actor(role), audit_finding_get(actor(role), finding.code)) for role in ROLES}
    assert shown["vendor_manager"].can_answer
    assert not shown["vendor_manager"].can_judge
    assert shown["quality_manager"].can_judge
    assert shown["quality_manager"].can_rectify
    assert not shown["auditor"].can_judge
    audit_finding_rectify(actor=actor("quality_manager"), finding=finding)
    again = audit_finding_page(actor("quality_manager"), audit_finding_get(actor("quality_manager"), finding.code))
    assert not again.can_rectify


ROLES = ("vendor_manager", "quality_manager", "auditor", "estate_manager")


def test_an_insider_judges_nothing(actor, line, world):
    finding = make_audit_finding(world.ours, line, state="done")
    RoleGrant.objects.create(
        person=world.person("quality_manager"), unit=world.ours.project, role="service_desk", from_on=LONG_AGO
    )
    page = audit_finding_page(actor("quality_manager"), audit_finding_get(actor("quality_manager"), finding.code))
    assert (page.can_judge, page.can_edit, page.can_rectify) == (False, False, False)


def test_items_come_from_standards_checklists_and_lines(line, world):
    audit = make_audit(world.ours, line, standard_ids=(), criteria="合同第 4 条")
    assert set(audit_items(audit)) == set(items_of(line))
    audit.lines.clear()
    assert not audit_items(audit).exists()
    audit.checklists.add(Checklist.objects.get(standard_id=line.standard_id))
    assert audit_items(audit).count() == 4


def test_a_meeting_is_found_by_its_kind(actor, line, world):
    audit = make_audit(world.ours, line)
    manager = actor("quality_manager")
    assert meeting_of(manager, audit, "opening") is None
    held = meet(world.ours, audit, MeetingKind.OPENING)
    assert meeting_of(manager, audit, "opening") == held
    assert (str(held), held.audit_scope()) == (f"{audit.pk}/opening", world.ours.root.path)
    with pytest.raises(NotFound):
        meeting_of(manager, audit, "coffee")
    assert not AuditMeeting.objects.for_actor(actor("vendor_manager")).exists()


def test_records_say_where_rights_over_them_are_held(line, world):
    tenant = world.ours
    audit = make_audit(tenant, line, state="under_way", unit_ids=(tenant.project_two.pk,))
    finding = note(tenant, audit, line, line_id=None, unit_id=tenant.project_two.pk)
    assert finding.permission_paths() == (tenant.root.path, tenant.project_two.path)
    seen = note(tenant, audit, line, grade=AuditGrade.STRENGTH, line_id=None, due_on=None)
    assert seen.permission_paths() == (tenant.root.path,)
    assert (finding.audit_scope(), str(audit.members.first())) == (
        tenant.root.path,
        f"{audit.pk}/{tenant.people['quality_manager'].pk}",
    )
    assert Audit.objects.get().audit_scope() == tenant.root.path
