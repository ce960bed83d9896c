"""Rosters for the systems of vendors; everybody else may read what was published."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.attendance.models import Roster, Swap
from duban.attendance.schemas import Paging
from duban.attendance.schemas.rosters import RosterCellsIn, RosterOpenIn, RosterOut, RosterPageOut, SwapIn, SwapOut
from duban.attendance.selectors.naming import RosterSaid, line_named, proposal_named, roster_said
from duban.attendance.selectors.rosters import roster_get, rosters_after, swap_get
from duban.attendance.services.rosters import roster_copy, roster_enter, roster_open, roster_publish, roster_reopen
from duban.attendance.services.swaps import swap_answer, swap_propose
from duban.kernel.errors import NotFound
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["attendance"])
MOVES = {"publish": roster_publish, "reopen": roster_reopen, "copy": roster_copy}


@router.get("", response={200: list[RosterOut], **REFUSALS}, operation_id="rosters_list")
def rosters_list(request: HttpRequest, page: Query[Paging]) -> list[Roster]:
    """Rosters in the order in which they were made; `after` is the last code of the page before."""
    return list(rosters_after(actor_of(request), page.after)[: page.limit])


@router.post("", response={200: RosterPageOut, **REFUSALS}, operation_id="rosters_open")
def rosters_open(request: HttpRequest, payload: RosterOpenIn) -> RosterSaid:
    """The roster of a line's week, made as an empty draft if there is none."""
    actor = actor_of(request)
    line = line_named(actor, payload.contract, payload.line)
    return roster_said(actor, roster_open(actor=actor, line=line, day=payload.day))


@router.get("/{code}", response={200: RosterPageOut, **REFUSALS}, operation_id="rosters_get")
def rosters_get(request: HttpRequest, code: str) -> RosterSaid:
    """One roster with its cells and what is wrong with them."""
    actor = actor_of(request)
    return roster_said(actor, roster_get(actor, code))


@router.put("/{code}/cells", response={200: RosterPageOut, **REFUSALS}, operation_id="rosters_fill")
def rosters_fill(request: HttpRequest, code: str, payload: RosterCellsIn) -> RosterSaid:
    """Set cells of a draft; those that are not named stay."""
    actor = actor_of(request)
    roster = roster_get(actor, code)
    roster_enter(actor=actor, roster=roster, texts=payload.cells)
    return roster_said(actor, roster)


@router.post("/{code}/moves/{move}", response={200: RosterPageOut, **REFUSALS}, operation_id="rosters_move")
def rosters_move(request: HttpRequest, code: str, move: str) -> RosterSaid:
    """Publish a draft, reopen what was published, or copy the week before into it."""
    if move not in MOVES:
        raise NotFound
    actor = actor_of(request)
    MOVES[move](actor=actor, roster=roster_get(actor, code))
    return roster_said(actor, roster_get(actor, code))


@router.post("/{code}/swaps", response={201: SwapOut, **REFUSALS}, operation_id="swaps_propose")
def swaps_propose(request: HttpRequest, code: str, payload: SwapIn) -> Status[Swap]:
    """Propose that two people change places, or that somebody stands in."""
    actor = actor_of(request)
    named = proposal_named(roster_get(actor, code), payload.cell, payload.other, payload.worker)
    return Status(201, swap_propose(actor=actor, reason=payload.reason, **named))


@router.post("/swaps/{code}/moves/{move}", response={200: SwapOut, **REFUSALS}, operation_id="swaps_answer")
def swaps_answer(request: HttpRequest, code: str, move: str) -> Swap:
    """Accept or decline a swap."""
    actor = actor_of(request)
    return swap_answer(actor=actor, swap=swap_get(actor, code), move=move)
