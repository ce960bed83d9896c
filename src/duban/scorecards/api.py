"""Scoring in the API: the same services and rights as the pages."""

from dataclasses import asdict
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.scorecards.domain.appeals import AppealPoint
from duban.scorecards.domain.rating import RatingInput
from duban.scorecards.models import Card, CardAppeal, CardOccurrence, Period, Scheme, SchemeVersion, VendorGrade
from duban.scorecards.permissions import Right
from duban.scorecards.schemas import (
    AppealIn,
    AppealOut,
    CardDetailOut,
    CardNoteIn,
    CardOut,
    CloseOut,
    DecisionIn,
    GradeIn,
    GradeOut,
    OccurrenceOut,
    PeriodOut,
    PublishIn,
    RatingIn,
    RatingOut,
    SchemeOut,
    VersionOut,
)
from duban.scorecards.selectors.appeal_page import appeal_list
from duban.scorecards.selectors.cards import appeal_get, card_get, card_list, occurrences_of, period_get
from duban.scorecards.selectors.grade_page import grade_get
from duban.scorecards.selectors.grades import grade_list
from duban.scorecards.selectors.periods import period_list
from duban.scorecards.selectors.ratings import RatedRow, rating_line_get, rating_rows
from duban.scorecards.selectors.recompute import case_of_card
from duban.scorecards.selectors.schemes import scheme_get, scheme_list, versions_of
from duban.scorecards.services import (
    appeal_decide,
    card_appeal,
    card_confirm,
    card_finalise,
    card_withdraw,
    cards_publish,
    grade_confirm,
    period_close,
    ratings_save,
)

router = Router(tags=["scorecards"])
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get(
    "/periods/{key}/ratings/{contract}/{line}", response={200: list[RatingOut], **REFUSALS}, operation_id="scorecards_ratings"
)
def ratings(request: HttpRequest, key: str, contract: str, line: int) -> list[dict[str, Any]]:
    """What one may rate of a line, with one's own ratings and, beside them, what the panel says together."""
    actor = actor_of(request)
    period = period_get(actor, key)
    return [_rated(row) for row in rating_rows(actor, period, rating_line_get(actor, period, contract, line))]


@router.put(
    "/periods/{key}/ratings/{contract}/{line}", response={200: list[RatingOut], **REFUSALS}, operation_id="scorecards_rate"
)
def rate(request: HttpRequest, key: str, contract: str, line: int, body: list[RatingIn]) -> list[dict[str, Any]]:
    """Give, change or take back (`rating` null) one's own ratings of a line."""
    actor = actor_of(request)
    period = period_get(actor, key)
    record = rating_line_get(actor, period, contract, line)
    given = {item.indicator: RatingInput(item.rating, item.note) for item in body}
    ratings_save(actor=actor, period=period, line=record, ratings=given)
    return [_rated(row) for row in rating_rows(actor, period, record)]


def _rated(row: RatedRow) -> dict[str, Any]:
    said = {} if row.spread is None else asdict(row.spread)
    return {"indicator": row.indicator.key, "scale": row.rule.scale, "rating": row.own, "note": row.note, **said}


@router.get("/periods", response={200: list[PeriodOut], **REFUSALS}, operation_id="scorecards_periods")
def periods(request: HttpRequest) -> "QuerySet[Period]":
    """Periods that have begun, newest first."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return period_list(actor).order_by("-starts_on")[:100]


@router.post("/periods/{key}/close", response={200: CloseOut, **REFUSALS}, operation_id="scorecards_close")
def close(request: HttpRequest, key: str) -> dict[str, Any]:
    """Close a period, or close it again: only what changed is touched."""
    actor = actor_of(request)
    actor.require(Right.CLOSE)
    return asdict(period_close(actor=actor, period=period_get(actor, key)))


@router.post("/periods/{key}/publish", response={200: list[str], **REFUSALS}, operation_id="scorecards_publish")
def publish(request: HttpRequest, key: str, payload: PublishIn) -> list[str]:
    """Publish drafts of a period; answers with their codes."""
    actor = actor_of(request)
    actor.require(Right.PUBLISH)
    codes = None if payload.codes is None else tuple(payload.codes)
    return [card.code for card in cards_publish(actor=actor, period=period_get(actor, key), codes=codes)]


@router.get("/cards", response={200: list[CardOut], **REFUSALS}, operation_id="scorecards_cards")
def cards(request: HttpRequest, period: str = "", state: str = "", after: str = "", limit: Limit = 100) -> list[Card]:
    """Current cards in order of their codes; `after` is the last code of the page before."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    rows = card_list(actor).filter(code__gt=after)
    rows = rows.filter(period__key=period) if period else rows
    return list((rows.filter(state=state) if state else rows).order_by("code")[:limit])


@router.get("/cards/{code}", response={200: CardDetailOut, **REFUSALS}, operation_id="scorecards_card")
def card(request: HttpRequest, code: str) -> Card:
    """One card with its result and trace."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return card_get(actor, code)


@router.get("/cards/{code}/occurrences", response={200: list[OccurrenceOut], **REFUSALS}, operation_id="scorecards_occurrences")
def occurrences(request: HttpRequest, code: str) -> "QuerySet[CardOccurrence]":
    """Everything that happened on a card, dearest first."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return occurrences_of(card_get(actor, code))


@router.get("/cards/{code}/case", response={200: dict[str, Any], **REFUSALS}, operation_id="scorecards_case")
def case(request: HttpRequest, code: str) -> dict[str, object]:
    """The card as a case for `duban calc score`."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return case_of_card(card_get(actor, code))


@router.post("/cards/{code}/confirm", response={200: CardOut, **REFUSALS}, operation_id="scorecards_confirm")
def confirm(request: HttpRequest, code: str) -> Card:
    """The vendor agrees."""
    actor = actor_of(request)
    card_confirm(actor=actor, card=card_get(actor, code))
    return card_get(actor, code)


@router.post("/cards/{code}/withdraw", response={200: CardOut, **REFUSALS}, operation_id="scorecards_withdraw")
def withdraw(request: HttpRequest, code: str, payload: CardNoteIn) -> Card:
    """Take a published card back to draft."""
    actor = actor_of(request)
    card_withdraw(actor=actor, card=card_get(actor, code), note=payload.note)
    return card_get(actor, code)


@router.post("/cards/{code}/finalise", response={200: CardOut, **REFUSALS}, operation_id="scorecards_finalise")
def finalise(request: HttpRequest, code: str) -> Card:
    """Make a confirmed card final."""
    actor = actor_of(request)
    card_finalise(actor=actor, card=card_get(actor, code))
    return card_get(actor, code)


@router.post("/cards/{code}/appeals", response={201: list[AppealOut], **REFUSALS}, operation_id="scorecards_appeal")
def appeal(request: HttpRequest, code: str, payload: AppealIn) -> Status[list[CardAppeal]]:
    """The vendor disputes lines of a card."""
    actor = actor_of(request)
    points = [AppealPoint(item.ground, (item.app, item.code) if item.code else None, item.indicator) for item in payload.points]
    return Status(201, card_appeal(actor=actor, card=card_get(actor, code), points=points))


@router.get("/appeals", response={200: list[AppealOut], **REFUSALS}, operation_id="scorecards_appeals")
def appeals(request: HttpRequest, state: str = "", after: str = "", limit: Limit = 100) -> list[CardAppeal]:
    """Appeals in order of their codes."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    rows = appeal_list(actor).filter(code__gt=after)
    return list((rows.filter(state=state) if state else rows).order_by("code")[:limit])


@router.post("/appeals/{code}/decision", response={200: AppealOut, **REFUSALS}, operation_id="scorecards_decide")
def decide(request: HttpRequest, code: str, payload: DecisionIn) -> CardAppeal:
    """Uphold or reject an appeal; the last decision concludes the card."""
    actor = actor_of(request)
    appeal_decide(actor=actor, appeal=appeal_get(actor, code), uphold=payload.decision == "uphold", note=payload.note)
    return appeal_get(actor, code)


@router.get("/schemes", response={200: list[SchemeOut], **REFUSALS}, operation_id="scorecards_schemes")
def schemes(request: HttpRequest) -> "QuerySet[Scheme]":
    """Schemes in scope by key."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return scheme_list(actor).order_by("key")


@router.get("/schemes/{code}/versions", response={200: list[VersionOut], **REFUSALS}, operation_id="scorecards_versions")
def versions(request: HttpRequest, code: str) -> list[SchemeVersion]:
    """Versions of a scheme, newest first, with their rules."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return versions_of(actor, scheme_get(actor, code))


@router.get("/grades", response={200: list[GradeOut], **REFUSALS}, operation_id="scorecards_grades")
def grades(request: HttpRequest, after: str = "", limit: Limit = 100) -> list[VendorGrade]:
    """Grades in order of their codes."""
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return list(grade_list(actor).filter(code__gt=after).order_by("code")[:limit])


@router.post("/grades/{code}/confirm", response={200: GradeOut, **REFUSALS}, operation_id="scorecards_grade_confirm")
def confirm_grade(request: HttpRequest, code: str, payload: GradeIn) -> VendorGrade:
    """Confirm the grade of a vendor."""
    actor = actor_of(request)
    grade_confirm(actor=actor, record=grade_get(actor, code), grade=payload.grade, note=payload.note)
    return grade_get(actor, code)
