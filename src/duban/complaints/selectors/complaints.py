"""Complaints for the pages."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.utils import timezone

from duban.complaints.domain.clock import ClockFace, face
from duban.complaints.models import Complaint, ComplaintPause, ComplaintReply
from duban.complaints.permissions import Code, can_edit, can_validate, sees_reporter
from duban.complaints.selectors.facts import late_condition
from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_reference
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.audit.selectors import timeline_of
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.platform.sealing import unseal
from duban.platform.ui.components import TimelineEntry

WITH_PATHS = ("estate__office", "line__contract__vendor__unit", "line__estate")


@dataclass(frozen=True)
class ComplaintPage:
    """What the page of a complaint shows. Name and contact are empty for those who may not read them."""

    complaint: Complaint
    clock: ClockFace | None
    reporter: str
    contact: str
    replies: tuple[ComplaintReply, ...]
    pauses: tuple[ComplaintPause, ...]
    timeline: tuple[TimelineEntry, ...]
    can_edit: bool
    can_validate: bool


def complaint_list(actor: Actor) -> "QuerySet[Complaint]":
    """Complaints the actor may see, with estate and vendor, and whether they are late; `NotAllowed` without the right."""
    actor.require(Code.VIEW)
    rows = Complaint.objects.for_actor(actor).select_related(*WITH_PATHS)
    late = Case(When(late_condition(), then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    return rows.annotate(is_late=late)


def complaint_get(actor: Actor, code: str) -> Complaint:
    """One complaint of the actor's scope, or `NotFound`."""
    return get_by_code(complaint_list(actor), code)


def complaint_page(actor: Actor, complaint: Complaint, *, now: datetime | None = None) -> ComplaintPage:
    """Everything the page shows: three statements besides the complaint."""
    pauses = tuple(complaint.pauses.all())
    opens = sees_reporter(actor, complaint)
    name = complaint.reporter_name
    return ComplaintPage(
        complaint=complaint,
        clock=_clock(complaint, pauses, now or timezone.now()),
        reporter=name if opens else name[:1] + "*" * (len(name) - 1),
        contact=unseal(complaint.reporter_contact_sealed) if opens else "",
        replies=tuple(complaint.replies.all()),
        pauses=pauses,
        timeline=_timeline(complaint, opens=opens),
        can_edit=can_edit(actor, complaint),
        can_validate=can_validate(actor, complaint),
    )


def lines_for(estate: Estate, day: date, service_line: str = "") -> list[ContractLine]:
    """Contract lines that served the estate on a day, those of `service_line` first: where a complaint may be routed."""
    lines = ContractLine.objects.filter(estate=estate, starts_on__lte=day, ends_on__gte=day)
    loaded = lines.select_related("contract__vendor__unit", "contract__office", "estate__office").order_by("service_line", "id")
    return sorted(loaded, key=lambda line: line.service_line != service_line)


def estates_to_choose(actor: Actor, code: str = Code.EDIT) -> "QuerySet[Estate]":
    """Estates at which the actor may enter a complaint."""
    return Estate.objects.filter(within("office__path", actor.office_paths(code))).order_by("name", "id")


def line_get(actor: Actor, line_id: int) -> ContractLine:
    """One contract line of the actor's scope, or `NotFound`."""
    line = (
        ContractLine.objects.for_actor(actor)
        .filter(pk=line_id)
        .select_related("estate__office", "contract__vendor__unit")
        .first()
    )
    if line is None:
        raise NotFound
    return line


def line_by_name(actor: Actor, contract: str, number: int) -> ContractLine:
    """One contract line of the actor's scope by the contract's code or number, or `NotFound`."""
    found = lines_by_reference([(contract, str(number))], actor=actor)
    return line_get(actor, found.get((contract, str(number)), 0))


def _clock(complaint: Complaint, pauses: tuple[ComplaintPause, ...], now: datetime) -> ClockFace | None:
    if complaint.due_at is None:
        return None
    is_paused = any(pause.until_at is None for pause in pauses)
    return face(complaint.received_at, complaint.due_at, now=now, replied_at=complaint.first_reply_at, is_paused=is_paused)


def _timeline(complaint: Complaint, *, opens: bool) -> tuple[TimelineEntry, ...]:
    """What happened; without the bare values for those who may not read the owner's name."""
    entries = timeline_of(complaint)
    return tuple(entries) if opens else tuple(replace(entry, changes=()) for entry in entries)
