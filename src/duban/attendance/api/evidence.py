"""Slots, check-ins, rounds and the ledger for other systems."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from duban.attendance.domain.rows import SlotsRecorded
from duban.attendance.models import LedgerFinding, PatrolRound, Slot
from duban.attendance.schemas import (
    DaysPaging,
    LedgerFindingOut,
    PostDayOut,
    PunchesIn,
    RoundOut,
    SlotDecisionIn,
    SlotOut,
    SlotsIn,
    SlotsRecordedOut,
)
from duban.attendance.selectors import slot_get, slots_after
from duban.attendance.selectors.days import PostDay, post_day, post_get
from duban.attendance.selectors.ledger import finding_get, findings_after
from duban.attendance.selectors.patrols import round_get
from duban.attendance.services import decide_slot, receive_slots
from duban.attendance.services.ledger import finding_decide
from duban.attendance.services.punches import punches_record
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["attendance"])


@router.post("/slots", response={200: SlotsRecordedOut, **REFUSALS}, operation_id="slots_receive")
def slots_receive(request: HttpRequest, payload: SlotsIn) -> SlotsRecorded:
    """Create or update slots by post, day and shift."""
    return receive_slots(actor=actor_of(request), rows=[row.named() for row in payload.rows])


@router.get("/slots", response={200: list[SlotOut], **REFUSALS}, operation_id="slots_list")
def slots_list(request: HttpRequest, page: Query[DaysPaging]) -> list[Slot]:
    """Slots in the order in which they were recorded; `after` is the last code of the page before."""
    return list(slots_after(actor_of(request), page.after, page.from_day, page.to_day)[: page.limit])


@router.get("/slots/{code}", response={200: SlotOut, **REFUSALS}, operation_id="slots_get")
def slots_get(request: HttpRequest, code: str) -> Slot:
    """One slot."""
    return slot_get(actor_of(request), code)


@router.post("/slots/{code}/moves/{move}", response={200: SlotOut, **REFUSALS}, operation_id="slots_decide")
def slots_decide(request: HttpRequest, code: str, move: str, payload: SlotDecisionIn) -> Slot:
    """Decide a slot: accept, reject, excuse, question."""
    actor = actor_of(request)
    decide_slot(actor=actor, slot=slot_get(actor, code), move=move, note=payload.note)
    return slot_get(actor, code)


@router.post("/punches", response={200: dict[str, str], **REFUSALS}, operation_id="punches_record")
def punches_receive(request: HttpRequest, payload: PunchesIn) -> dict[str, str]:
    """Check people of the own company in and out; answers the code of each by its `id`."""
    codes = punches_record(actor=actor_of(request), rows=[row.row() for row in payload.rows])
    return {str(key): code for key, code in codes.items()}


@router.get("/posts/{code}/days/{day}", response={200: PostDayOut, **REFUSALS}, operation_id="posts_day")
def posts_day(request: HttpRequest, code: str, day: date) -> PostDay:
    """One post on one day: its slots and every check-in."""
    actor = actor_of(request)
    return post_day(actor, post_get(actor, code), day)


@router.get("/rounds/{code}", response={200: RoundOut, **REFUSALS}, operation_id="rounds_get")
def rounds_get(request: HttpRequest, code: str) -> PatrolRound:
    """One patrol round."""
    return round_get(actor_of(request), code)


@router.get("/ledger", response={200: list[LedgerFindingOut], **REFUSALS}, operation_id="ledger_findings_list")
def ledger_findings_list(request: HttpRequest, page: Query[DaysPaging]) -> list[LedgerFinding]:
    """Exceptions of the post-coverage ledger in the order in which they were found."""
    return list(findings_after(actor_of(request), page.after, page.from_day, page.to_day)[: page.limit])


@router.get("/ledger/{code}", response={200: LedgerFindingOut, **REFUSALS}, operation_id="ledger_findings_get")
def ledger_findings_get(request: HttpRequest, code: str) -> LedgerFinding:
    """One exception."""
    return finding_get(actor_of(request), code)


@router.post("/ledger/{code}/moves/{move}", response={200: LedgerFindingOut, **REFUSALS}, operation_id="ledger_findings_decide")
def ledger_findings_decide(request: HttpRequest, code: str, move: str, payload: SlotDecisionIn) -> LedgerFinding:
    """Decide an exception: uphold, dismiss, reopen."""
    actor = actor_of(request)
    finding_decide(actor=actor, finding=finding_get(actor, code), move=move, note=payload.note)
    return finding_get(actor, code)
