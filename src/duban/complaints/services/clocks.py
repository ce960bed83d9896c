"""The clock of a complaint: promise, pause, a new promise, and promises that run out by themselves."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from duban.complaints.domain.categories import categories
from duban.complaints.domain.clock import Pause, due_at
from duban.complaints.models import Complaint, ComplaintPause
from duban.complaints.permissions import can_edit
from duban.kernel.actor import Actor
from duban.kernel.calendar import UnknownYear
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import audited, write_entry
from duban.platform.events import announce
from duban.platform.working_days import china_calendar


def promise(category: str, received_at: datetime, pauses: tuple[Pause, ...] = ()) -> datetime | None:
    """When an answer of this category is due; `None` where the needed year's working days are not published."""
    known = categories().get(category)
    if known is None:
        raise Invalid(errors=(FieldError("category", mark("There is no such category.")),))
    try:
        return due_at(timezone.localtime(received_at), known.allowed, china_calendar(), pauses)
    except UnknownYear:
        return None


def announce_day(complaint: Complaint, *other_lines: int | None) -> None:
    """Say that the day of this complaint has to be measured again, on its line and on those it was taken from."""
    lines = {line for line in (complaint.line_id, *other_lines) if line is not None}
    if lines:
        announce(EvidenceChanged("complaints", tuple(sorted((line, complaint.day) for line in lines))))


@transaction.atomic
def complaint_pause(*, actor: Actor, complaint: Complaint, reason: str) -> ComplaintPause:
    """Stop the clock from now on, because the owner must answer or grant access first.

    Raises `NotAllowed`, `WrongState` if it stands already or an answer was given, `Invalid` without a reason.
    """
    locked = _lock(actor, complaint)
    _need(reason)
    if locked.first_reply_at is not None or locked.pauses.filter(until_at__isnull=True).exists():
        raise WrongState
    pause = ComplaintPause.objects.create(complaint=locked, from_at=timezone.now(), reason=reason[:200])
    write_entry(actor=actor, record=locked, action="pause", changes={"paused": [False, True]}, reason=reason)
    return pause


@transaction.atomic
def complaint_resume(*, actor: Actor, complaint: Complaint) -> Complaint:
    """Let the clock run again; the due time moves back by the pause. Announces `EvidenceChanged`.

    Raises `NotAllowed`, `WrongState` if the clock is running.
    """
    locked = _lock(actor, complaint)
    if not locked.pauses.filter(until_at__isnull=True).update(until_at=timezone.now()):
        raise WrongState
    with audited(actor=actor, record=locked, action="resume"):
        spans = locked.pauses.filter(until_at__isnull=False)
        pauses = tuple(Pause(timezone.localtime(span.from_at), timezone.localtime(span.until_at)) for span in spans)
        locked.due_at = promise(locked.category, locked.received_at, pauses)
        locked.save(update_fields=["due_at", "changed_at"])
    announce_day(locked)
    return locked


@transaction.atomic
def complaint_renegotiate(*, actor: Actor, complaint: Complaint, until: datetime, reason: str) -> Complaint:
    """Note the later time agreed with the owner. Our own promise stays what is measured.

    Raises `NotAllowed`, `Invalid` without a reason or for a time before the own promise.
    """
    locked = _lock(actor, complaint)
    _need(reason)
    if locked.due_at is not None and until < locked.due_at:
        raise Invalid(errors=(FieldError("until", mark("The new time lies before our own promise.")),))
    with audited(actor=actor, record=locked, action="renegotiate", reason=reason):
        locked.renegotiated_due_at = until
        locked.save(update_fields=["renegotiated_due_at", "changed_at"])
    return locked


def complaints_announce_overdue(*, since: timedelta = timedelta(days=2)) -> int:
    """Make the days of complaints dirty whose promise ran out lately without an answer; for the clock, safe to repeat."""
    now = timezone.now()
    late = Complaint.objects.filter(due_at__range=(now - since, now), first_reply_at__isnull=True, line__isnull=False)
    pairs: list[tuple[int, date]] = sorted(set(late.values_list("line_id", "day")))
    if pairs:
        with transaction.atomic():
            announce(EvidenceChanged("complaints", tuple(pairs)))
    return len(pairs)


def _lock(actor: Actor, complaint: Complaint) -> Complaint:
    if not can_edit(actor, complaint):
        raise NotAllowed
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


def _need(reason: str) -> None:
    if not reason.strip():
        raise Invalid(errors=(FieldError("reason", mark("Please say why: the reason is kept in the audit trail.")),))
