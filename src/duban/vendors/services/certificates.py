"""Certificates: entering, changing, withdrawing, reminding of their end."""

from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.selectors import people_inside
from duban.platform.audit.services import audited, write_entry
from duban.platform.events import announce
from duban.platform.files.models import StoredFile
from duban.platform.notices.services import notify
from duban.vendors.domain.certificates import WORKER_KINDS, CertificateDetails
from duban.vendors.domain.events import CertificateChanged
from duban.vendors.models import Certificate, Company
from duban.vendors.permissions import Code, can_edit
from duban.vendors.selectors import DueReminder, reminders_due

BATCH = 1000


@transaction.atomic
def certificate_create(
    *, actor: Actor, company: Company, details: CertificateDetails, file: StoredFile | None = None
) -> Certificate:
    """Enter a certificate. Raises `NotAllowed` or `Invalid`; announces `CertificateChanged`."""
    if not can_edit(actor, company):
        raise NotAllowed
    certificate = Certificate(company=company, file=file)
    with audited(actor=actor, record=certificate, action="create"):
        _fill(certificate, details)
        certificate.save()
    announce(CertificateChanged(company.pk, certificate.kind, certificate.valid_from, certificate.valid_until))
    return certificate


@transaction.atomic
def certificate_update(
    *, actor: Actor, certificate: Certificate, details: CertificateDetails, file: StoredFile | None = None
) -> Certificate:
    """Change a certificate; a new last day lets the reminders begin anew. A missing `file` keeps the old one.

    Raises `NotAllowed` or `Invalid`; announces `CertificateChanged` for the old and the new validity together.
    """
    locked = _locked(actor, certificate)
    before = (locked.valid_from, locked.valid_until)
    with audited(actor=actor, record=locked, action="edit"):
        if details.valid_until != locked.valid_until:
            locked.last_reminder_days = None
        locked.file = file or locked.file
        _fill(locked, details)
        locked.save()
    until = None if before[1] is None or locked.valid_until is None else max(before[1], locked.valid_until)
    announce(CertificateChanged(locked.company_id, locked.kind, min(before[0], locked.valid_from), until))
    return locked


@transaction.atomic
def certificate_remove(*, actor: Actor, certificate: Certificate, note: str) -> None:
    """Withdraw a certificate that was entered by mistake, for a reason; the audit trail keeps what it said."""
    locked = _locked(actor, certificate)
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    said = {"kind": [locked.kind, None], "number": [locked.number, None], "valid_until": [locked.valid_until, None]}
    write_entry(actor=actor, record=locked, action="remove", changes=said, reason=note)
    announce(CertificateChanged(locked.company_id, locked.kind, locked.valid_from, locked.valid_until))
    locked.delete()


def certificates_remind(*, today: date) -> int:
    """Tell who keeps the register, and the vendor itself, of every certificate whose reminder is due; how many there were.

    Each of the reminders (90, 60, 30, 7 days before the end) goes out once: what went out is noted in the same
    transaction as the notices, so a job that is repeated or killed neither loses nor doubles one.
    """
    return sum(1 for due in reminders_due(today) if _remind(due))


@transaction.atomic
def _remind(due: DueReminder) -> bool:
    certificate, company = due.certificate, due.certificate.company
    fresh = Certificate.objects.filter(pk=certificate.pk, last_reminder_days=certificate.last_reminder_days)
    if not fresh.update(last_reminder_days=due.days):
        return False
    actor = system_actor(company.tenant.path)
    changes = {"last_reminder_days": [certificate.last_reminder_days, due.days]}
    write_entry(actor=actor, record=certificate, action="remind", changes=changes)
    notify(
        people=[*people_inside(Code.EDIT, company.tenant.path), *people_inside(Code.VIEW, company.unit.path)],
        kind="vendors.certificate_expiring",
        title=mark("A certificate of {vendor} ends on {day}"),
        body=mark("{number} ends in {days} days or less. Enter the new one as soon as it is there."),
        params={
            "vendor": str(company),
            "day": certificate.valid_until.isoformat() if certificate.valid_until else "",
            "number": certificate.number,
            "days": due.days,
        },
        url=reverse("vendors:detail", args=[company.code]),
    )
    return True


def _locked(actor: Actor, certificate: Certificate) -> Certificate:
    if not can_edit(actor, certificate):
        raise NotAllowed
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("company__tenant", "company__unit")
    return rows.get(pk=certificate.pk)


def _fill(certificate: Certificate, details: CertificateDetails) -> None:
    for name, value in asdict(details).items():
        setattr(certificate, name, value)
    if details.kind in WORKER_KINDS and not details.holder_name.strip():
        raise Invalid(
            errors=(FieldError("holder_name", mark("This certificate belongs to a person: please name the holder.")),)
        )
    _check_dates(details.valid_from, details.valid_until)
    try:
        certificate.full_clean(exclude={"code"})
    except ValidationError as error:
        found = error.message_dict.items()
        raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error


def _check_dates(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until < valid_from:
        raise Invalid(errors=(FieldError("valid_until", mark("The last day lies before the first day.")),))
