"""Taking complaints in."""

from django.db import transaction
from django.utils import timezone

from duban.complaints.domain.categories import categories
from duban.complaints.domain.events import ComplaintReceived
from duban.complaints.domain.intake import ComplaintInput
from duban.complaints.models import Complaint
from duban.complaints.permissions import Code
from duban.complaints.services.clocks import promise
from duban.complaints.services.moves import complaint_route
from duban.contracts.models import ContractLine
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.platform.sealing import seal


@transaction.atomic
def complaint_receive(*, actor: Actor, entry: ComplaintInput) -> Complaint:
    """Enter a complaint, start its clock by category, route it if a line is named. The contact is sealed.

    A second delivery with the same external number at the same estate returns the one that is there. Raises `NotFound`
    for an estate or line outside the scope, `NotAllowed` without `complaints.edit`, `Invalid` for an unknown category or
    a time of receipt in the future. Announces `ComplaintReceived`.
    """
    estate = Estate.objects.for_actor(actor).select_related("office").filter(pk=entry.estate_id).first()
    if estate is None:
        raise NotFound
    actor.require(Code.EDIT, estate.office.path)
    if entry.received_at > timezone.now():
        raise Invalid(errors=(FieldError("received_at", mark("A complaint cannot come from the future.")),))
    known = _known(estate, entry.external_number)
    if known is not None:
        return known
    complaint = _build(estate, entry)
    with audited(actor=actor, record=complaint, action="create"):
        complaint.save()
    is_urgent = categories()[entry.category].is_urgent
    announce(ComplaintReceived(complaint.code, estate.name, is_urgent))
    if entry.line_id is not None:
        line = ContractLine.objects.for_actor(actor).filter(pk=entry.line_id).first()
        if line is None:
            raise NotFound
        complaint_route(actor=actor, complaint=complaint, line=line)
    return complaint


def _known(estate: Estate, external_number: str) -> Complaint | None:
    if not external_number:
        return None
    return Complaint.objects.filter(estate=estate, external_number=external_number).first()


def _build(estate: Estate, entry: ComplaintInput) -> Complaint:
    due = promise(entry.category, entry.received_at)
    return Complaint(
        estate=estate,
        service_line=entry.service_line or categories()[entry.category].service_line,
        category=entry.category,
        channel=entry.channel,
        text=entry.text,
        place_name=entry.place_name,
        reporter_name=entry.reporter_name,
        reporter_contact_sealed=seal(entry.reporter_contact),
        received_at=entry.received_at,
        day=timezone.localdate(entry.received_at),
        due_at=due,
        external_number=entry.external_number,
    )
