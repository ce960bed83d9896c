"""Audits of a contract line, taken as far as a test needs."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from duban.contracts.models import ContractLine
from duban.inspections.domain.audits import Attendee, AuditGrade, AuditInput, FindingInput, MeetingKind
from duban.inspections.models import Audit, AuditFinding, AuditProgramme
from duban.inspections.services import (
    audit_finding_answer,
    audit_finding_move,
    audit_finding_note,
    audit_issue,
    audit_meeting_record,
    audit_plan,
    programme_set,
)
from tests.cast import Tenant
from tests.factories.inspections import items_of

ZONE = ZoneInfo("Asia/Shanghai")
STARTS, ENDS = date(2026, 11, 16), date(2026, 11, 18)
OPENED, CLOSED = datetime(2026, 11, 16, 9, 0, tzinfo=ZONE), datetime(2026, 11, 18, 16, 0, tzinfo=ZONE)
PEOPLE = (Attendee("周敏", "质量经理", "华东区域"), Attendee("王建国", "项目经理", "洁达环境"))


def make_programme(tenant: Tenant, year: int = 2026) -> AuditProgramme:
    """The programme of the tenant's root for a year."""
    return programme_set(actor=tenant.actor("quality_manager"), office=tenant.root, year=year, objectives="核验外包服务质量")


def audit_entry(tenant: Tenant, line: ContractLine | None, **more: object) -> AuditInput:
    """A plan with the quality manager in the lead and the auditor on the team."""
    values = {
        "title": "保洁服务质量审核",
        "objective": "核验保洁服务是否符合标准",
        "criteria": "",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "lead_id": tenant.people["quality_manager"].pk,
        "member_ids": (tenant.people["auditor"].pk,),
        "line_ids": (line.pk,) if line is not None else (),
        "standard_ids": (line.standard_id,) if line is not None else (),
        **more,
    }
    return AuditInput(**values)


def make_audit(tenant: Tenant, line: ContractLine, *, state: str = "planned", **more: object) -> Audit:
    """An audit of a line, taken to `state` (`planned`, `under_way`, `reporting`, `issued`); with one minor nonconformity."""
    manager = tenant.actor("quality_manager")
    programme = AuditProgramme.objects.filter(office=tenant.root, year=2026).first() or make_programme(tenant)
    audit = audit_plan(actor=manager, programme=programme, entry=audit_entry(tenant, line, **more))
    if state == "planned":
        return audit
    meet(tenant, audit, MeetingKind.OPENING)
    if state != "under_way":
        note(tenant, audit, line)
        meet(tenant, audit, MeetingKind.CLOSING)
    if state == "issued":
        audit_issue(actor=manager, audit=audit, conclusion="基本符合")
    return Audit.objects.get(pk=audit.pk)


def meet(tenant: Tenant, audit: Audit, kind: MeetingKind, **more: object) -> object:
    """Hold a meeting."""
    held_at = OPENED if kind is MeetingKind.OPENING else CLOSED
    values = {"held_at": held_at, "place": "项目部会议室", "attendees": PEOPLE, "minutes": "说明范围与安排", **more}
    return audit_meeting_record(actor=tenant.actor("quality_manager"), audit=audit, kind=kind, **values)


def finding_entry(line: ContractLine, **more: object) -> FindingInput:
    """A minor nonconformity about the first item of the line's standard."""
    values = {
        "grade": AuditGrade.MINOR,
        "statement": "扶手清洁记录缺 3 日",
        "evidence": "抽查 10 月记录 12 份",
        "item_id": items_of(line)[0].pk,
        "line_id": line.pk,
        "due_on": date(2026, 12, 15),
        **more,
    }
    return FindingInput(**values)


def note(tenant: Tenant, audit: Audit, line: ContractLine, **more: object) -> AuditFinding:
    """Note a finding."""
    return audit_finding_note(actor=tenant.actor("quality_manager"), audit=audit, entry=finding_entry(line, **more))


def make_audit_finding(tenant: Tenant, line: ContractLine, *, state: str = "open") -> AuditFinding:
    """An issued finding taken to `state` (`open`, `answered`, `accepted`, `done`)."""
    audit = make_audit(tenant, line, state="issued")
    finding = AuditFinding.objects.get(audit=audit)
    vendor, manager = tenant.actor("vendor_manager"), tenant.actor("quality_manager")
    if state != "open":
        answer(vendor, finding)
    if state in {"accepted", "done"}:
        audit_finding_move(actor=manager, finding=finding, move="accept")
    if state == "done":
        audit_finding_move(actor=vendor, finding=finding, move="complete", note="已培训并抽查")
    return stored(finding)


def answer(actor: object, finding: AuditFinding, **more: object) -> AuditFinding:
    """Answer a finding in full."""
    values = {
        "cause": "交接无人核对",
        "correction": "已补记",
        "action": "每周由领班核对",
        "planned_on": date(2026, 12, 10),
        **more,
    }
    return audit_finding_answer(actor=actor, finding=finding, **values)


def stored(finding: AuditFinding) -> AuditFinding:
    """The finding as it is stored now."""
    return AuditFinding.objects.select_related("audit__programme__office").get(pk=finding.pk)
