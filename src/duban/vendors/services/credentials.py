"""Personal credentials: entering, verifying, rejecting, reminding of their end; proofs of insurance."""

from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.selectors import people_inside
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.files.models import StoredFile
from duban.platform.notices.services import notify
from duban.platform.sealing import unseal
from duban.platform.states import advance
from duban.vendors.domain.certificates import CertificateKind
from duban.vendors.domain.events import WorkerCredentialChanged
from duban.vendors.domain.workers import YOUNGEST_GUARD, CredentialDetails, ProofDetails, age_on, born_on
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential
from duban.vendors.permissions import Code, can_keep_workers, can_verify, throughout_tenant
from duban.vendors.selectors.credentials import DueCredential, credential_reminders_due, same_number_elsewhere


@transaction.atomic
def credential_enter(
    *, actor: Actor, worker: Worker, details: CredentialDetails, file: StoredFile | None = None
) -> WorkerCredential:
    """Enter a credential; it waits for verification. Raises `NotAllowed` or `Invalid`."""
    if not can_keep_workers(actor, worker.company):
        raise NotAllowed
    credential = WorkerCredential(worker=worker, entered_on=timezone.localdate(), entered_by_id=actor.person_id, file=file)
    changes = _fill(credential, details)
    credential.save()
    write_entry(actor=actor, record=credential, action="create", changes=changes)
    _announce(credential)
    return credential


@transaction.atomic
def credential_update(
    *, actor: Actor, credential: WorkerCredential, details: CredentialDetails, file: StoredFile | None = None
) -> WorkerCredential:
    """Change a credential; whatever was said about it before, it waits for verification again."""
    if not can_keep_workers(actor, credential.worker.company):
        raise NotAllowed
    if credential.state != "entered":
        advance(credential, "enter_again", actor=throughout_tenant(actor, Code.WORKERS, credential.audit_scope()))
    rows = WorkerCredential.objects.select_for_update(of=("self",)).select_related("worker__company__tenant")
    locked = rows.get(pk=credential.pk)
    before = (locked.valid_from, locked.valid_until)
    changes = _fill(locked, details)
    locked.entered_on, locked.entered_by_id, locked.verified_by = timezone.localdate(), actor.person_id, None
    locked.file = file or locked.file
    locked.last_reminder_days = locked.last_reminder_days if before[1] == locked.valid_until else None
    locked.save()
    write_entry(actor=actor, record=locked, action="edit", changes=changes)
    _announce(locked, before)
    return locked


@transaction.atomic
def credential_verify(*, actor: Actor, credential: WorkerCredential, note: str = "") -> WorkerCredential:
    """Confirm that the issuer knows the credential. Raises `NotAllowed`, also for who entered it; `WrongState`;
    `Invalid` while a credential of the same number stands at another person: one of the two must be rejected first.
    """
    if not can_verify(actor, credential):
        raise NotAllowed
    others = same_number_elsewhere(credential)
    if others:
        codes = ", ".join(other.code for other in others)
        message = mark("The same number stands at another person ({codes}). Find out whose it is and reject the other first.")
        raise Invalid(errors=(FieldError("number", message, {"codes": codes}),))
    return _judge(actor, credential, "verify", note)


@transaction.atomic
def credential_reject(*, actor: Actor, credential: WorkerCredential, note: str) -> WorkerCredential:
    """Refuse a credential, for a reason: from now on it counts for nothing."""
    if not can_verify(actor, credential):
        raise NotAllowed
    return _judge(actor, credential, "reject", note)


@transaction.atomic
def proof_enter(*, actor: Actor, worker: Worker, details: ProofDetails, file: StoredFile | None = None) -> InsuranceProof:
    """Enter a proof that a person was insured. Raises `NotAllowed` or `Invalid`."""
    if not can_keep_workers(actor, worker.company):
        raise NotAllowed
    proof = InsuranceProof(worker=worker, file=file)
    for name, value in asdict(details).items():
        setattr(proof, name, value)
    _check_dates(details.valid_from, details.valid_until)
    _clean(proof)
    proof.save()
    changes = {"kind": [None, proof.kind], "valid_from": [None, proof.valid_from], "valid_until": [None, proof.valid_until]}
    write_entry(actor=actor, record=proof, action="create", changes=changes)
    return proof


@transaction.atomic
def proof_remove(*, actor: Actor, proof: InsuranceProof, note: str) -> None:
    """Withdraw a proof, for a reason; the audit trail keeps what it said."""
    if not can_keep_workers(actor, proof.worker.company):
        raise NotAllowed
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    changes = {"kind": [proof.kind, None], "valid_from": [proof.valid_from, None], "valid_until": [proof.valid_until, None]}
    write_entry(actor=actor, record=proof, action="remove", changes=changes, reason=note)
    proof.delete()


def credentials_remind(*, today: date) -> int:
    """Tell the employer and the register of every personal credential whose reminder is due; how many there were.

    Each of the reminders (90, 60, 30, 7 days before the end) goes out once, as for certificates of companies.
    """
    return sum(1 for due in credential_reminders_due(today) if _remind(due))


@transaction.atomic
def _remind(due: DueCredential) -> bool:
    credential, company = due.credential, due.credential.worker.company
    fresh = WorkerCredential.objects.filter(pk=credential.pk, last_reminder_days=credential.last_reminder_days)
    if not fresh.update(last_reminder_days=due.days):
        return False
    changes = {"last_reminder_days": [credential.last_reminder_days, due.days]}
    write_entry(actor=system_actor(company.tenant.path), record=credential, action="remind", changes=changes)
    notify(
        people=[*people_inside(Code.VERIFY, company.tenant.path), *people_inside(Code.WORKERS, company.unit.path)],
        kind="vendors.credential_expiring",
        title=mark("A credential of {worker} ({vendor}) ends on {day}"),
        body=mark("After that day the person may not be put on a post that asks for it. Enter the new one in time."),
        params={
            "worker": f"{credential.worker.masked} {credential.worker.code}",
            "vendor": str(company),
            "day": f"{credential.valid_until}",
        },
        url=reverse("vendors:worker", args=[credential.worker.code]),
    )
    return True


def _judge(actor: Actor, credential: WorkerCredential, move: str, note: str) -> WorkerCredential:
    advance(credential, move, actor=throughout_tenant(actor, Code.VERIFY, credential.audit_scope()), note=note)
    credential.verified_by_id = actor.person_id if move == "verify" else None
    credential.save(update_fields=["verified_by", "changed_at"])
    _announce(credential)
    return credential


def _announce(credential: WorkerCredential, before: tuple[date, date | None] | None = None) -> None:
    spans = [(credential.valid_from, credential.valid_until), *([before] if before else [])]
    ends = [until for _first, until in spans]
    until_on = None if None in ends else max(end for end in ends if end is not None)
    announce(WorkerCredentialChanged(credential.worker_id, min(first for first, _last in spans), until_on))


def _fill(credential: WorkerCredential, details: CredentialDetails) -> dict[str, list[object]]:
    """Set the fields; returns what changed. A number may hold the identity number, so of it only the fact that it did."""
    changes: dict[str, list[object]] = {}
    for name, value in asdict(details).items():
        before = getattr(credential, name) if credential.pk else None
        if before != value:
            changes[name] = ["*", "*"] if name == "number" else [before, value]
        setattr(credential, name, value)
    _check_dates(details.valid_from, details.valid_until)
    _check_age(credential)
    _clean(credential)
    return changes


def _check_age(credential: WorkerCredential) -> None:
    identity = unseal(credential.worker.identity_sealed)
    is_guard = credential.kind == CertificateKind.GUARD and identity
    if is_guard and age_on(born_on(identity), credential.valid_from) < YOUNGEST_GUARD:
        message = mark("Nobody under {years} may be a security guard (Security services regulation §16).")
        raise Invalid(errors=(FieldError("kind", message, {"years": YOUNGEST_GUARD}),))


def _check_dates(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until < valid_from:
        raise Invalid(errors=(FieldError("valid_until", mark("The last day lies before the first day.")),))


def _clean(record: WorkerCredential | InsuranceProof) -> None:
    try:
        record.full_clean(exclude={"code", "state"})
    except ValidationError as error:
        found = error.message_dict.items()
        raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error
