"""Complaints for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.complaints.domain.intake import ComplaintInput
from duban.complaints.models import Complaint
from duban.complaints.schemas import ComplaintIn, ComplaintNoteIn, ComplaintOut, ReplyIn, RouteIn, StatePaging, ValidityIn
from duban.complaints.selectors import complaint_get, complaint_list, line_by_name
from duban.complaints.selectors.imports import estate_keys
from duban.complaints.services import complaint_move, complaint_receive, complaint_reply, complaint_route, complaint_validate
from duban.kernel.errors import NotFound
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["complaints"])
ONE = {200: ComplaintOut, **REFUSALS}


@router.post("", response={201: ComplaintOut, **REFUSALS}, operation_id="complaints_receive")
def complaints_receive(request: HttpRequest, payload: ComplaintIn) -> Status[Complaint]:
    """Enter a complaint and start its clock; the same external number again returns the one that is there."""
    actor = actor_of(request)
    values = payload.dict()
    key = estate_keys([payload.estate], actor=actor).get(values.pop("estate"))
    if key is None:
        raise NotFound
    complaint = complaint_receive(actor=actor, entry=ComplaintInput(estate_id=key, **values))
    return Status(201, complaint_get(actor, complaint.code))


@router.get("", response={200: list[ComplaintOut], **REFUSALS}, operation_id="complaints_list")
def complaints_list(request: HttpRequest, page: Query[StatePaging]) -> list[Complaint]:
    """Complaints in order of their codes; `after` is the last code of the page before."""
    rows = complaint_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    return list((rows.filter(state=page.state) if page.state else rows)[: page.limit])


@router.get("/{code}", response=ONE, operation_id="complaints_get")
def complaints_get(request: HttpRequest, code: str) -> Complaint:
    """One complaint."""
    return complaint_get(actor_of(request), code)


@router.post("/{code}/replies", response=ONE, operation_id="complaints_reply")
def complaints_reply(request: HttpRequest, code: str, payload: ReplyIn) -> Complaint:
    """Answer the owner."""
    actor = actor_of(request)
    complaint_reply(actor=actor, complaint=complaint_get(actor, code), text=payload.text)
    return complaint_get(actor, code)


@router.post("/{code}/route", response=ONE, operation_id="complaints_route")
def complaints_route(request: HttpRequest, code: str, payload: RouteIn) -> Complaint:
    """Give the complaint to the contract line that must answer it."""
    actor = actor_of(request)
    line = line_by_name(actor, payload.contract, payload.line)
    complaint_route(actor=actor, complaint=complaint_get(actor, code), line=line)
    return complaint_get(actor, code)


@router.post("/{code}/validity", response=ONE, operation_id="complaints_validate")
def complaints_validate(request: HttpRequest, code: str, payload: ValidityIn) -> Complaint:
    """Say whether the complaint is founded."""
    actor = actor_of(request)
    complaint = complaint_get(actor, code)
    complaint_validate(actor=actor, complaint=complaint, is_valid=payload.is_valid, reason=payload.reason)
    return complaint_get(actor, code)


@router.post("/{code}/moves/{move}", response=ONE, operation_id="complaints_move")
def complaints_move(request: HttpRequest, code: str, move: str, payload: ComplaintNoteIn) -> Complaint:
    """Close, close without reply (dismiss) or reopen."""
    actor = actor_of(request)
    complaint_move(actor=actor, complaint=complaint_get(actor, code), move=move, note=payload.note)
    return complaint_get(actor, code)
