from datetime import date

import pytest

from duban.inspections.domain.events import AuditIssued, AuditPlanned
from duban.inspections.models import Audit, AuditFinding, AuditProgramme
from duban.inspections.services import (
    audit_change,
    audit_close,
    audit_finding_move,
    audit_issue,
    audit_move,
    audit_plan,
    programme_set,
)
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.orgs.models import RoleGrant
from duban.platform.audit.models import AuditEntry
from tests.factories.audits import answer, audit_entry, make_audit, make_audit_finding, make_programme
from tests.factories.inspections import make_line
from tests.factories.orgs import LONG_AGO


@pytest.fixture
def announced(monkeypatch):
    events = []
    for module in ("audits", "audit_following"):
        monkeypatch.setattr(f"duban.inspections.services.{module}.announce", events.append)
    return events


@pytest.fixture
def line(world):
    return make_line(world.ours)


def refused(error):
    return {problem.field for problem in error.value.errors}


def test_a_programme_is_written_once_a_year(actor, world):
    manager = actor("quality_manager")
    programme = make_programme(world.ours)
    assert (programme.code, programme.year) == ("AQ-2026-0001", 2026)
    again = programme_set(actor=manager, office=world.ours.root, year=2026, objectives=" 新目标 ", risks="人手")
    assert (again.pk, again.objectives, again.risks) == (programme.pk, "新目标", "人手")
    with pytest.raises(Invalid):
        programme_set(actor=manager, office=world.ours.root, year=2027, objectives=" ")
    for role in ("quality_inspector", "auditor", "vendor_manager", "their quality_manager"):
        with pytest.raises(NotAllowed):
            programme_set(actor=actor(role), office=world.ours.root, year=2027, objectives="核验")
    assert AuditProgramme.objects.count() == 1


def test_an_audit_is_planned_with_its_team_and_changed_until_the_closing_meeting(actor, line, world, announced):
    tenant, manager = world.ours, actor("quality_manager")
    audit = make_audit(tenant, line)
    assert (audit.code, audit.state) == ("AU-2026-0001", "planned")
    assert list(audit.members.order_by("role").values_list("role", flat=True)) == ["lead", "member"]
    assert AuditPlanned(audit.code) in announced
    actions = AuditEntry.objects.filter(target_code=audit.code).values_list("action", flat=True)
    assert set(actions) == {"create", "set_scope"}
    changed = audit_change(actor=manager, audit=audit, entry=audit_entry(tenant, line, title=" 改题 ", member_ids=()))
    assert (changed.title, changed.members.count()) == ("改题", 1)
    same = audit_change(actor=manager, audit=audit, entry=audit_entry(tenant, line, title="改题", member_ids=()))
    assert same.title == "改题"
    with pytest.raises(NotAllowed):
        audit_change(actor=actor("quality_inspector"), audit=audit, entry=audit_entry(tenant, line))
    ready = make_audit(tenant, line, state="reporting")
    with pytest.raises(WrongState):
        audit_change(actor=manager, audit=ready, entry=audit_entry(tenant, line))


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("estate_manager", "members"),
        ("quality_inspector", "members"),
        ("city_manager", "members"),
        ("procurement", "members"),
        ("finance", "members"),
        ("vendor_manager", "members"),
        ("their quality_manager", "members"),
    ],
)
def test_nobody_from_inside_is_on_the_team(actor, line, world, role, field):
    programme = make_programme(world.ours)
    entry = audit_entry(world.ours, line, member_ids=(world.person(role).pk,))
    with pytest.raises(Invalid) as error:
        audit_plan(actor=actor("quality_manager"), programme=programme, entry=entry)
    assert refused(error) == {field}
    assert Audit.objects.count() == 0


def test_a_plan_that_does_not_fit_is_refused(actor, line, world):
    tenant, programme = world.ours, make_programme(world.ours)
    foreign = make_line(world.theirs)
    wrong = {
        "lines": {"line_ids": (line.pk, foreign.pk)},
        "units": {"unit_ids": (world.theirs.project.pk,)},
        "standards": {"standard_ids": (foreign.standard_id,)},
        "checklists": {"checklist_ids": (10**6,)},
        "starts_on": {"starts_on": date(2025, 11, 16)},
        "lead": {"lead_id": world.person("estate_manager").pk},
    }
    for field, values in wrong.items():
        with pytest.raises(Invalid) as error:
            audit_plan(actor=actor("quality_manager"), programme=programme, entry=audit_entry(tenant, line, **values))
        assert refused(error) == {field}
    with pytest.raises(NotAllowed):
        audit_plan(actor=actor("quality_inspector"), programme=programme, entry=audit_entry(tenant, line))


def test_the_report_is_issued_with_a_conclusion_after_the_closing_meeting(actor, line, world, announced):
    manager = actor("quality_manager")
    audit = make_audit(world.ours, line, state="reporting")
    with pytest.raises(Invalid):
        audit_issue(actor=manager, audit=audit, conclusion=" ")
    with pytest.raises(NotAllowed):
        audit_issue(actor=actor("auditor"), audit=audit, conclusion="符合")
    issued = audit_move(actor=manager, audit=audit, move="issue", note="基本符合")
    assert (issued.state, issued.conclusion, issued.issued_by_id) == ("issued", "基本符合", manager.person_id)
    assert AuditFinding.objects.get(audit=audit).state == "open"
    assert AuditIssued(audit.code) in announced
    with pytest.raises(WrongState):
        audit_issue(actor=manager, audit=make_audit(world.ours, line), conclusion="符合")


def test_whoever_moved_inside_meanwhile_issues_nothing(actor, line, world):
    audit = make_audit(world.ours, line, state="reporting")
    manager = world.person("quality_manager")
    RoleGrant.objects.create(person=manager, unit=world.ours.project, role="estate_manager", from_on=LONG_AGO)
    with pytest.raises(NotAllowed):
        audit_issue(actor=actor("quality_manager"), audit=audit, conclusion="符合")


def test_an_audit_closes_when_everything_is_verified(actor, line, world):
    manager = actor("quality_manager")
    finding = make_audit_finding(world.ours, line, state="done")
    with pytest.raises(Invalid) as error:
        audit_close(actor=manager, audit=finding.audit)
    assert finding.code in error.value.params["codes"]
    assert Audit.objects.get().state == "issued"
    audit_finding_move(actor=manager, finding=finding, move="verify", note="抽查 5 日记录齐全")
    closed = audit_move(actor=manager, audit=finding.audit, move="close")
    assert (closed.state, closed.closed_on) == ("closed", date(2026, 11, 23))


def test_an_audit_is_called_off_with_a_reason(actor, line, world):
    manager = actor("quality_manager")
    audit = make_audit(world.ours, line)
    with pytest.raises(Invalid):
        audit_move(actor=manager, audit=audit, move="cancel")
    with pytest.raises(NotFound):
        audit_move(actor=manager, audit=audit, move="begin", note="不")
    assert audit_move(actor=manager, audit=audit, move="cancel", note="合同终止").state == "cancelled"


def test_answers_come_from_the_vendor_only_after_issue(actor, line, world):
    audit = make_audit(world.ours, line, state="reporting")
    with pytest.raises(WrongState):
        answer(actor("vendor_manager"), AuditFinding.objects.get(audit=audit))
