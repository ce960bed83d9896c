"""Findings of an audit while it is carried out, and the way from one of them to a rectification."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from duban.estates.models import Place
from duban.inspections.domain.audits import AuditGrade, FindingInput, finding_problems
from duban.inspections.domain.events import FindingsOpened
from duban.inspections.domain.limits import RECTIFY
from duban.inspections.domain.rectification import due_after
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import Audit, AuditFinding, Finding
from duban.inspections.permissions import can_run_audit, can_work_on, require_outsider
from duban.inspections.selectors.audits import audit_items, may_become_rectification, stored_subject, team_of
from duban.inspections.selectors.limits import limits_of, line_facts
from duban.inspections.services.opening import FOREMAN, announce_due, count_repeats, rule_of
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.orgs.selectors import sole_holders
from duban.platform.audit.services import audited, write_entry
from duban.platform.events import announce
from duban.platform.files.services import attach_uploads
from duban.platform.working_days import china_calendar

ON_SITE = frozenset({"under_way", "reporting"})
SEVERITIES = {AuditGrade.MAJOR: Grade.MAJOR, AuditGrade.MINOR: Grade.MINOR}


@transaction.atomic
def audit_finding_note(
    *, actor: Actor, audit: Audit, entry: FindingInput, uploads: "Sequence[UploadedFile[Any]]" = ()
) -> AuditFinding:
    """Note a finding with its evidence between the opening meeting and the report.

    Raises `NotAllowed` for whoever is not on the team or is inside what is audited, `WrongState` at other times, `Invalid`
    naming each field that does not fit.
    """
    locked = Audit.objects.select_for_update(of=("self",)).select_related("programme__office").get(pk=audit.pk)
    _require_auditor(actor, locked)
    _check(locked, entry)
    last = AuditFinding.objects.filter(audit=locked).aggregate(last=Max("number"))["last"] or 0
    finding = AuditFinding(audit=locked, number=last + 1, noted_on=timezone.localdate(), noted_by_id=actor.person_id)
    _save(actor, finding, entry, uploads, "create")
    return finding


@transaction.atomic
def audit_finding_change(
    *, actor: Actor, finding: AuditFinding, entry: FindingInput, uploads: "Sequence[UploadedFile[Any]]" = ()
) -> AuditFinding:
    """Change a finding that is not issued yet, or add evidence to it. Raises as `audit_finding_note`."""
    rows = AuditFinding.objects.select_for_update(of=("self",)).select_related("audit__programme__office")
    locked = rows.get(pk=finding.pk)
    _require_auditor(actor, locked.audit)
    if locked.state != "draft":
        raise WrongState(mark("What is issued stays as it was issued. Cancel the finding with a reason."))
    _check(locked.audit, entry)
    _save(actor, locked, entry, uploads, "edit")
    return locked


@transaction.atomic
def audit_finding_rectify(*, actor: Actor, finding: AuditFinding) -> Finding:
    """Turn an issued nonconformity into a finding to be rectified, with due time, repeat number and owner like any other.

    It comes of no check, so it costs no points by itself; whether it is put right in time counts. Raises `NotAllowed`,
    `WrongState` where it is not about an item on a contract line or was turned already. Announces `EvidenceChanged` and
    `FindingsOpened`.
    """
    rows = AuditFinding.objects.select_for_update(of=("self",)).select_related("audit__programme__office")
    locked = rows.get(pk=finding.pk)
    if not can_run_audit(actor, locked.audit):
        raise NotAllowed
    require_outsider(actor, stored_subject(locked.audit))
    if not may_become_rectification(locked):
        raise WrongState(mark("Only an issued nonconformity about an item on a contract line can be rectified, and once."))
    made = _finding(locked)
    announce_due([made], renumbered=count_repeats(fresh=[made]))
    made.save()
    write_entry(actor=actor, record=made, action="create", changes={"audit_finding": [None, locked.code]})
    with audited(actor=actor, record=locked, action="rectify"):
        locked.finding = made
        locked.save(update_fields=["finding", "changed_at"])
    announce(FindingsOpened(((made.line_id, 1),), made.code))
    return made


def _finding(source: AuditFinding) -> Finding:
    line_id, item_id = source.line_id or 0, source.item_id or 0
    facts = line_facts({line_id})
    limits = limits_of(facts)[line_id]
    severity, now = SEVERITIES[AuditGrade(source.grade)], timezone.localtime()
    due = due_after(now, limits[RECTIFY[severity]], china_calendar())
    return Finding(
        line_id=line_id,
        item_id=item_id,
        place_id=source.place_id,
        severity=severity.value,
        text=source.statement[:300],
        found_on=now.date(),
        due_on=due.on,
        due_at=due.at,
        due_rule=rule_of(severity.value, limits),
        owner_id=sole_holders(FOREMAN, {facts[line_id].vendor_path}).get(facts[line_id].vendor_path),
    )


def _save(
    actor: Actor, finding: AuditFinding, entry: FindingInput, uploads: "Sequence[UploadedFile[Any]]", action: str
) -> None:
    with audited(actor=actor, record=finding, action=action):
        for name, value in asdict(entry).items():
            setattr(finding, name, value.strip() if isinstance(value, str) else value)
        finding.save()
    attach_uploads(actor=actor, target=finding, uploads=uploads)


def _require_auditor(actor: Actor, audit: Audit) -> None:
    if not can_work_on(actor, audit, team_of(audit)):
        raise NotAllowed
    require_outsider(actor, stored_subject(audit))
    if audit.state not in ON_SITE:
        raise WrongState(mark("Findings are noted between the opening meeting and the report."))


def _check(audit: Audit, entry: FindingInput) -> None:
    problems = (*finding_problems(entry), *_misfits(audit, entry))
    if problems:
        raise Invalid(errors=problems)


def _misfits(audit: Audit, entry: FindingInput) -> Iterator[FieldError]:
    line = audit.lines.filter(pk=entry.line_id).first() if entry.line_id is not None else None
    if entry.line_id is not None and line is None:
        yield FieldError("line", mark("This contract line is not audited here."))
    if entry.unit_id is not None and not audit.units.filter(pk=entry.unit_id).exists():
        yield FieldError("unit", mark("This office is not audited here."))
    if entry.item_id is not None and not audit_items(audit).filter(pk=entry.item_id).exists():
        yield FieldError("item", mark("This item does not belong to the criteria of the audit."))
    if entry.place_id is not None and not _place_fits(line, entry.place_id):
        yield FieldError("place", mark("The place does not lie in the estate of the contract line."))


def _place_fits(line: Any, place_id: int) -> bool:
    return line is not None and Place.objects.filter(pk=place_id, estate=line.estate_id).exists()
