from datetime import date

import pytest

from duban.inspections.domain.audits import AuditGrade
from duban.inspections.models import AuditFinding, Finding
from duban.inspections.services import (
    audit_finding_change,
    audit_finding_note,
    audit_finding_rectify,
    audit_issue,
    finding_recheck,
    finding_reply,
    move_finding,
)
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.orgs.models import RoleGrant
from duban.platform.files.models import Attachment
from tests.factories.audits import finding_entry, make_audit, make_audit_finding, note, stored
from tests.factories.inspections import items_of, make_line, make_place
from tests.factories.orgs import LONG_AGO
from tests.inspections.test_services import photo


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_a_finding_is_noted_with_its_evidence_and_changed_before_the_report(actor, line, world):
    audit = make_audit(world.ours, line, state="under_way")
    place = make_place(world.ours.estate, "2 号楼")
    entry = finding_entry(line, statement=" 扶手有尘 ", place_id=place.pk)
    finding = audit_finding_note(actor=actor("auditor"), audit=audit, entry=entry, uploads=[photo()])
    assert (finding.code, finding.number, finding.state, finding.statement) == ("AF-2026-0001", 1, "draft", "扶手有尘")
    assert Attachment.objects.filter(target_id=finding.pk, target_type="inspections.auditfinding").count() == 1
    second = note(world.ours, audit, line, grade=AuditGrade.STRENGTH, item_id=None, line_id=None, due_on=None)
    assert second.number == 2
    changed = audit_finding_change(
        actor=actor("quality_manager"), finding=finding, entry=finding_entry(line, grade=AuditGrade.MAJOR), uploads=[]
    )
    assert changed.grade == "major"


def test_findings_are_noted_by_outsiders_between_the_meetings_only(actor, line, world):
    planned = make_audit(world.ours, line)
    with pytest.raises(WrongState):
        note(world.ours, planned, line)
    audit = make_audit(world.ours, line, state="under_way")
    for role in ("quality_inspector", "estate_manager", "vendor_manager", "finance"):
        with pytest.raises(NotAllowed):
            audit_finding_note(actor=actor(role), audit=audit, entry=finding_entry(line))
    unit = world.ours.vendor.unit
    inside = RoleGrant.objects.create(person=world.person("auditor"), unit=unit, role="vendor_manager", from_on=LONG_AGO)
    with pytest.raises(NotAllowed):
        audit_finding_note(actor=actor("auditor"), audit=audit, entry=finding_entry(line))
    inside.delete()
    issued = make_audit_finding(world.ours, line)
    with pytest.raises(WrongState):
        audit_finding_change(actor=actor("quality_manager"), finding=issued, entry=finding_entry(line))
    other = AuditFinding.objects.create(
        audit=make_audit(world.ours, line, state="under_way"), number=1, grade="minor", noted_on=date(2026, 11, 20)
    )
    AuditFinding.objects.filter(pk=other.pk).update(state="open")
    with pytest.raises(WrongState):
        audit_finding_change(actor=actor("quality_manager"), finding=other, entry=finding_entry(line))


def test_a_finding_that_does_not_fit_is_refused(line, world):
    tenant = world.ours
    audit = make_audit(tenant, line, state="under_way", unit_ids=(tenant.project_two.pk,))
    other = make_line(tenant, service_line="security", estate=tenant.estate_two)
    elsewhere = make_place(tenant.estate_two, "外楼")
    wrong = {
        "line": {"line_id": other.pk},
        "unit": {"unit_id": tenant.project.pk},
        "item": {"item_id": items_of(other)[0].pk},
        "place": {"place_id": elsewhere.pk},
        "statement": {"statement": ""},
    }
    for field, values in wrong.items():
        with pytest.raises(Invalid) as error:
            note(tenant, audit, line, **values)
        assert [problem.field for problem in error.value.errors] == [field]
    with pytest.raises(Invalid):
        note(tenant, audit, line, line_id=None, unit_id=tenant.project_two.pk, place_id=elsewhere.pk)
    assert AuditFinding.objects.count() == 0
    assert note(tenant, audit, line, line_id=None, unit_id=tenant.project_two.pk).unit == tenant.project_two


def test_an_issued_nonconformity_becomes_a_finding_to_be_rectified_once(actor, line, world):
    manager, vendor = actor("quality_manager"), actor("vendor_manager")
    source = make_audit_finding(world.ours, line)
    with pytest.raises(NotAllowed):
        audit_finding_rectify(actor=actor("quality_inspector"), finding=source)
    made = audit_finding_rectify(actor=manager, finding=source)
    assert (made.line_id, made.item_id, made.text, made.state) == (line.pk, source.item_id, source.statement, "open")
    assert made.due_on is not None
    assert made.owner_id == world.person("vendor_foreman").pk
    assert stored(source).finding == made
    with pytest.raises(WrongState):
        audit_finding_rectify(actor=manager, finding=source)
    finding_reply(actor=vendor, finding=made, cause="漏", action="补")
    with pytest.raises(NotAllowed):
        finding_recheck(actor=manager, finding=Finding.objects.get(pk=made.pk), is_accepted=True)
    checked = finding_recheck(actor=actor("quality_inspector"), finding=Finding.objects.get(pk=made.pk), is_accepted=True)
    assert checked.state == "closed"


def test_what_is_for_information_is_not_rectified(actor, line, world):
    manager = actor("quality_manager")
    audit = make_audit(world.ours, line, state="reporting")
    seen = note(world.ours, audit, line, grade=AuditGrade.OBSERVATION, due_on=None)
    audit_issue(actor=manager, audit=audit, conclusion="符合")
    assert stored(seen).state == "noted"
    with pytest.raises(WrongState):
        audit_finding_rectify(actor=manager, finding=seen)


def test_a_finding_of_neither_check_nor_audit_has_no_finder(actor, line):
    bare = Finding.objects.create(line=line, item=items_of(line)[0], severity=1, found_on=date(2026, 11, 20))
    assert bare.finder_id is None
    assert move_finding(actor=actor("vendor_manager"), finding=bare, move="rectify", note="好").state == "rectified"
