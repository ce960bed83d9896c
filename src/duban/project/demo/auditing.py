"""Quality audits of the demo year: one closed, one being followed up, one still to come."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.inspections.domain.audits import Attendee, AuditGrade, AuditInput, FindingInput, MeetingKind
from duban.inspections.models import Audit, AuditFinding, AuditProgramme
from duban.inspections.services import (
    audit_close,
    audit_finding_answer,
    audit_finding_move,
    audit_finding_note,
    audit_issue,
    audit_meeting_record,
    audit_plan,
    programme_set,
)
from duban.kernel.actor import Actor
from duban.orgs.selectors import actor_for_person
from duban.project.demo.audit_plans import AUDITS, OBJECTIVES, RISKS, Note, Plan
from duban.project.demo.clock import at
from duban.project.demo.pictures import evidence_picture
from duban.project.demo.registers import World
from duban.standards.models import StandardItem

YEAR_BEGINS = date(2026, 1, 8)
RUNS, ANSWERS_FOR_OFFICE = "quality", "estate"


def play_audits(world: World) -> int:
    """Play all of them, once; returns how many audits there are then."""
    if not Audit.objects.exists():
        with transaction.atomic():
            with at(YEAR_BEGINS):
                runner = _person(world, RUNS)
                office = world.units["华东区域"]
                programme = programme_set(actor=runner, office=office, year=2026, objectives=OBJECTIVES, risks=RISKS)
            for plan in AUDITS:
                _play(world, programme, plan)
    return Audit.objects.count()


def _play(world: World, programme: AuditProgramme, plan: Plan) -> None:
    line = _line(plan)
    with at(plan.planned):
        audit = audit_plan(actor=_person(world, RUNS), programme=programme, entry=_entry(world, plan, line))
    if not plan.opening:
        return
    _meet(world, audit, plan, MeetingKind.OPENING)
    found = [_note(world, audit, plan, note, line) for note in plan.notes]
    _meet(world, audit, plan, MeetingKind.CLOSING)
    if plan.issued is None:
        return
    with at(plan.issued, 15):
        audit_issue(actor=_person(world, plan.lead), audit=audit, conclusion=plan.conclusion)
    for note, finding in zip(plan.notes, found, strict=True):
        _follow(world, plan, note, finding)
    if plan.closed is not None:
        with at(plan.closed, 16):
            audit_close(actor=_person(world, plan.lead), audit=audit)


def _entry(world: World, plan: Plan, line: ContractLine) -> AuditInput:
    return AuditInput(
        title=plan.title,
        objective=plan.objective,
        criteria=plan.criteria,
        starts_on=plan.starts,
        ends_on=plan.ends,
        lead_id=world.people[plan.lead].pk,
        member_ids=tuple(world.people[name].pk for name in plan.members),
        unit_ids=(line.estate.office_id,) if plan.with_office else (),
        line_ids=(line.pk,),
        standard_ids=(line.standard_id,) if line.standard_id is not None else (),
    )


def _meet(world: World, audit: Audit, plan: Plan, kind: MeetingKind) -> None:
    is_opening = kind is MeetingKind.OPENING
    day, clock = (plan.starts, time(9)) if is_opening else (plan.ends, time(16))
    with at(day, 17 if not is_opening else 10):
        audit_meeting_record(
            actor=_person(world, plan.lead),
            audit=audit,
            kind=kind,
            held_at=timezone.make_aware(datetime.combine(day, clock)),
            place=f"{plan.estate}项目部会议室",
            attendees=[Attendee(*row) for row in plan.attendees],
            minutes=plan.opening if is_opening else plan.closing,
        )


def _note(world: World, audit: Audit, plan: Plan, note: Note, line: ContractLine) -> AuditFinding:
    item = StandardItem.objects.filter(standard=line.standard, key=note.item).first() if note.item else None
    entry = FindingInput(
        grade=AuditGrade(note.grade),
        statement=note.statement,
        evidence=note.evidence,
        criterion=note.criterion,
        item_id=item.pk if item else None,
        line_id=None if note.is_office else line.pk,
        unit_id=line.estate.office_id if note.is_office else None,
        due_on=note.due,
    )
    with at(plan.starts, 14, 30):
        return audit_finding_note(
            actor=_person(world, plan.lead), audit=audit, entry=entry, uploads=_pictures(plan, note, line)
        )


def _follow(world: World, plan: Plan, note: Note, finding: AuditFinding) -> None:
    """Play the follow-up as far as the note tells it; each step by the side whose turn it is."""
    owing = _person(world, ANSWERS_FOR_OFFICE if note.is_office else plan.answers)
    lead = _person(world, plan.lead)
    if note.answered is None or note.due is None:
        return
    cause, correction, action = note.answer
    with at(note.answered, 11):
        planned_on = note.due - timedelta(days=7)
        audit_finding_answer(
            actor=owing, finding=finding, cause=cause, correction=correction, action=action, planned_on=planned_on
        )
    if note.accepted is not None:
        with at(note.accepted, 10):
            audit_finding_move(actor=lead, finding=_now(finding), move="accept")
    for step, move, actor in ((note.done, "complete", owing), (note.verified, "verify", lead)):
        if step is not None:
            with at(step[0], 15):
                audit_finding_move(actor=actor, finding=_now(finding), move=move, note=step[1])


def _now(finding: AuditFinding) -> AuditFinding:
    return AuditFinding.objects.select_related("audit__programme__office").get(pk=finding.pk)


def _pictures(plan: Plan, note: Note, line: ContractLine) -> list[SimpleUploadedFile]:
    if not note.has_picture:
        return []
    is_good = note.grade == AuditGrade.STRENGTH
    caption = f"{plan.starts} 14:2{len(note.statement) % 10}"
    picture = evidence_picture(line.service_line, Random(note.statement), caption, is_mended=is_good)
    return [SimpleUploadedFile("现场.jpg", picture, "image/jpeg")]


def _person(world: World, username: str) -> Actor:
    return actor_for_person(world.people[username])


def _line(plan: Plan) -> ContractLine:
    """The vendor's line at the estate; of several the first in the order of service lines."""
    rows = ContractLine.objects.filter(contract__vendor__short_name=plan.vendor, estate__short_name=plan.estate)
    return rows.select_related("estate__office", "standard").order_by("service_line")[0]
