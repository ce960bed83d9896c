"""Audits: the programme of a year, planned into it, changed, called off, reported, closed."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.inspections.domain.audits import UNVERIFIED, AuditInput, TeamRole, conflict, plan_problems
from duban.inspections.domain.events import AuditIssued, AuditPlanned
from duban.inspections.models import Audit, AuditFinding, AuditMember, AuditProgramme
from duban.inspections.permissions import Code, can_run_audit, require_outsider
from duban.inspections.selectors.audits import LINE_PATHS, audit_people, held_roles, stored_subject, subject_of, units_to_audit
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, NotFound, WrongState
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.audit.services import audited, write_entry
from duban.platform.events import announce
from duban.platform.states import advance, advance_many
from duban.standards.models import Checklist, Standard

CHANGEABLE = frozenset({"planned", "under_way"})
MANY = {"unit_ids": "units", "line_ids": "lines", "standard_ids": "standards", "checklist_ids": "checklists"}
CODED = ("units", "standards", "checklists")
PLAIN = ("title", "objective", "criteria", "starts_on", "ends_on")


@transaction.atomic
def programme_set(*, actor: Actor, office: Unit, year: int, objectives: str, risks: str = "") -> AuditProgramme:
    """Write down what the audits of an office are to achieve in a year, for the first time or anew.

    Raises `NotAllowed` without `inspections.audit` at the office, `Invalid` without objectives.
    """
    actor.require(Code.AUDIT, office.path)
    if not objectives.strip():
        raise Invalid(errors=(FieldError("objectives", mark("Please say what the audits of the year are to achieve.")),))
    known = AuditProgramme.objects.select_for_update(of=("self",)).filter(office=office, year=year).first()
    programme = known or AuditProgramme(office=office, year=year)
    with audited(actor=actor, record=programme, action="edit" if known else "create"):
        programme.objectives, programme.risks = objectives.strip()[:2000], risks.strip()[:2000]
        programme.save()
    return programme


@transaction.atomic
def audit_plan(*, actor: Actor, programme: AuditProgramme, entry: AuditInput) -> Audit:
    """Plan an audit into a programme, with its team.

    Raises `NotAllowed` without `inspections.audit` at the programme's office, `Invalid` naming each field that does not
    fit: above all anybody on the team who is no outsider to what is audited. Announces `AuditPlanned`.
    """
    actor.require(Code.AUDIT, programme.office.path)
    audit = Audit(programme=programme)
    _check(actor, programme.year, entry)
    _save(actor, audit, entry, "create")
    return audit


@transaction.atomic
def audit_change(*, actor: Actor, audit: Audit, entry: AuditInput) -> Audit:
    """Change an audit or its team before the closing meeting. Raises as `audit_plan`, and `WrongState` after it."""
    locked = _locked(audit)
    if not can_run_audit(actor, locked):
        raise NotAllowed
    if locked.state not in CHANGEABLE:
        raise WrongState(mark("After the closing meeting an audit stays as it was carried out."))
    _check(actor, locked.programme.year, entry)
    _save(actor, locked, entry, "edit")
    return locked


@transaction.atomic
def audit_move(*, actor: Actor, audit: Audit, move: str, note: str = "") -> Audit:
    """Issue the report with the note as its conclusion, close an audit, or call it off with a reason.

    Raises what `audit_issue` and `audit_close` do, and `NotFound` for moves that only follow from meetings and findings.
    """
    if move == "issue":
        return audit_issue(actor=actor, audit=audit, conclusion=note)
    if move == "close":
        return audit_close(actor=actor, audit=audit)
    if move != "cancel":
        raise NotFound
    return advance(audit, "cancel", actor=actor, note=note)


@transaction.atomic
def audit_issue(*, actor: Actor, audit: Audit, conclusion: str) -> Audit:
    """Issue the report: nonconformities go to those who must answer, all else is for information.

    Raises `Invalid` without a conclusion, `WrongState` before the closing meeting, `NotAllowed` without the right or for
    somebody inside what is audited. Announces `AuditIssued`.
    """
    require_outsider(actor, stored_subject(audit))
    if not conclusion.strip():
        raise Invalid(errors=(FieldError("conclusion", mark("Please say what the audit concludes.")),))
    moved = advance(audit, "issue", actor=actor)
    with audited(actor=actor, record=moved, action="write_conclusion"):
        moved.conclusion = conclusion.strip()[:2000]
        moved.issued_at, moved.issued_by_id = timezone.now(), actor.person_id
        moved.save(update_fields=["conclusion", "issued_at", "issued_by", "changed_at"])
    clock = system_actor(moved.audit_scope())
    rows = AuditFinding.objects.filter(audit=moved).select_related("audit__programme__office")
    advance_many(rows.filter(grade__in=("major", "minor")), "ask", actor=clock)
    advance_many(rows.exclude(grade__in=("major", "minor")), "note", actor=clock)
    announce(AuditIssued(moved.code))
    return moved


@transaction.atomic
def audit_close(*, actor: Actor, audit: Audit) -> Audit:
    """Close an audit once every action is verified as effective.

    Raises `Invalid` naming the findings that are not, `WrongState`, `NotAllowed` without the right or for somebody inside.
    """
    require_outsider(actor, stored_subject(audit))
    moved = advance(audit, "close", actor=actor)
    waiting = AuditFinding.objects.filter(audit=moved, state__in=UNVERIFIED).order_by("number").values_list("code", flat=True)
    if waiting:
        message, params = mark("Not verified as effective yet: {codes}."), {"codes": ", ".join(waiting)}
        raise Invalid(message, errors=(FieldError("findings", message, params),), **params)
    moved.closed_on = timezone.localdate()
    moved.save(update_fields=["closed_on", "changed_at"])
    return moved


def _locked(audit: Audit) -> Audit:
    return Audit.objects.select_for_update(of=("self",)).select_related("programme__office").get(pk=audit.pk)


def _save(actor: Actor, audit: Audit, entry: AuditInput, action: str) -> None:
    with audited(actor=actor, record=audit, action=action):
        for name in PLAIN:
            value = getattr(entry, name)
            setattr(audit, name, value.strip() if isinstance(value, str) else value)
        audit.save()
    before = _named(audit)
    for keys, name in MANY.items():
        getattr(audit, name).set(getattr(entry, keys))
    _seat(audit, entry)
    after = _named(audit)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        write_entry(actor=actor, record=audit, action="set_scope", changes=changes)
    announce(AuditPlanned(audit.code))


def _named(audit: Audit) -> dict[str, list[str]]:
    """Scope, criteria and team in the words of the trail: codes, and names of people."""
    lines = audit.lines.order_by("pk").values_list("contract__code", "number")
    return {
        "team": list(audit.members.order_by("role", "pk").values_list("person__name", flat=True)),
        "lines": [f"{contract}/{number}" for contract, number in lines],
        **{name: list(getattr(audit, name).order_by("pk").values_list("code", flat=True)) for name in CODED},
    }


def _seat(audit: Audit, entry: AuditInput) -> None:
    """Seat the team anew; who writes findings on it keeps them, whoever sits there later."""
    audit.members.all().delete()
    roles = {person: TeamRole.LEAD if person == entry.lead_id else TeamRole.MEMBER for person in entry.team_ids}
    AuditMember.objects.bulk_create([AuditMember(audit=audit, person_id=person, role=role) for person, role in roles.items()])


def _check(actor: Actor, year: int, entry: AuditInput) -> None:
    problems = (*plan_problems(entry, year), *_misfits(actor, entry))
    if problems:
        raise Invalid(errors=problems)


def _misfits(actor: Actor, entry: AuditInput) -> Iterator[FieldError]:
    lines = ContractLine.objects.for_actor(actor).filter(pk__in=entry.line_ids)
    units = units_to_audit(actor).filter(pk__in=entry.unit_ids)
    known: dict[str, tuple[QuerySet[Any], tuple[int, ...]]] = {
        "lines": (lines, entry.line_ids),
        "units": (units, entry.unit_ids),
        "standards": (Standard.objects.for_actor(actor).filter(pk__in=entry.standard_ids), entry.standard_ids),
        "checklists": (Checklist.objects.for_actor(actor).filter(pk__in=entry.checklist_ids), entry.checklist_ids),
    }
    for name, (rows, keys) in known.items():
        if keys and rows.count() != len(set(keys)):
            yield FieldError(name, mark("Something chosen here is not known."))
    yield from _insiders(actor, entry, subject_of(units, lines.select_related(*LINE_PATHS)))


def _insiders(actor: Actor, entry: AuditInput, subject: Any) -> Iterator[FieldError]:
    people = {person.pk: person.name for person in audit_people(actor)}
    held = held_roles([key for key in entry.team_ids if key in people])
    for key in entry.team_ids:
        field = "lead" if key == entry.lead_id else "members"
        if key not in people:
            yield FieldError(field, mark("This person cannot be on the team of an audit."))
            continue
        reason = conflict(held[key], subject)
        if reason:
            yield FieldError(field, reason, {"name": people[key]})
