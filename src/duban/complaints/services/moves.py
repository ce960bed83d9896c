"""The life of a complaint: routed, checked, answered, closed, reopened."""

from django.db import transaction
from django.utils import timezone

from duban.complaints.domain.events import ComplaintReopened, ComplaintRouted
from duban.complaints.models import Complaint, ComplaintReply, Validity
from duban.complaints.permissions import can_validate
from duban.complaints.services.clocks import announce_day
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.platform.states import advance


@transaction.atomic
def complaint_route(*, actor: Actor, complaint: Complaint, line: ContractLine) -> Complaint:
    """Give a complaint to the contract line that must answer it; a second time takes it from the line before.

    Raises `WrongState`, `NotAllowed`, `Invalid` for a line of another estate or one that did not run on that day.
    Announces `EvidenceChanged` for both lines and `ComplaintRouted`.
    """
    if line.estate_id != complaint.estate_id or not line.starts_on <= complaint.day <= line.ends_on:
        raise Invalid(errors=(FieldError("line", mark("This contract line did not serve the estate on that day.")),))
    before = complaint.line_id
    moved = advance(complaint, "route", actor=actor)
    with audited(actor=actor, record=moved, action="edit"):
        moved.line = line
        moved.service_line = line.service_line
        moved.save(update_fields=["line", "service_line", "changed_at"])
    announce_day(moved, before)
    announce(ComplaintRouted(moved.code, line.pk))
    return moved


@transaction.atomic
def complaint_reply(*, actor: Actor, complaint: Complaint, text: str) -> Complaint:
    """Answer the owner. The first answer stops the clock and ends a running pause.

    Raises `WrongState`, `NotAllowed`, `Invalid` for an empty text. Announces `EvidenceChanged`.
    """
    moved = advance(complaint, "reply", actor=actor, note=text)
    now = timezone.now()
    ComplaintReply.objects.create(complaint=moved, author_id=actor.person_id, author_name=actor.name, at=now, text=text)
    moved.pauses.filter(until_at__isnull=True).update(until_at=now)
    if moved.first_reply_at is None:
        moved.first_reply_at = now
        moved.save(update_fields=["first_reply_at", "changed_at"])
    announce_day(moved)
    return moved


@transaction.atomic
def complaint_validate(*, actor: Actor, complaint: Complaint, is_valid: bool, reason: str) -> Complaint:
    """Say whether a complaint is founded (有效投诉 needs a check before it counts); may be changed with a new reason.

    Raises `NotAllowed`, `Invalid` without a reason. Announces `EvidenceChanged`.
    """
    if not can_validate(actor, complaint):
        raise NotAllowed
    if not reason.strip():
        raise Invalid(errors=(FieldError("reason", mark("Please say why: the reason is kept in the audit trail.")),))
    locked = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    with audited(actor=actor, record=locked, action="validate", reason=reason):
        locked.validity = Validity.VALID if is_valid else Validity.INVALID
        locked.validity_reason = reason[:300]
        locked.save(update_fields=["validity", "validity_reason", "changed_at"])
    announce_day(locked)
    return locked


@transaction.atomic
def complaint_move(*, actor: Actor, complaint: Complaint, move: str, note: str = "") -> Complaint:
    """Close, close without reply, or reopen. Raises `WrongState`, `NotAllowed`, `Invalid`. Announces `ComplaintReopened`."""
    if move not in {"close", "dismiss", "reopen"}:
        raise Invalid(mark("This move needs more than a note."))
    moved = advance(complaint, move, actor=actor, note=note)
    moved.closed_at = None if move == "reopen" else timezone.now()
    moved.save(update_fields=["closed_at", "changed_at"])
    announce_day(moved)
    if move == "reopen":
        announce(ComplaintReopened(moved.code, note))
    return moved
