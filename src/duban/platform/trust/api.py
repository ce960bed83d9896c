"""Doubtful records for other systems."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router

from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.platform.trust.models import TrustReview
from duban.platform.trust.schemas import DecisionIn, ReviewOut, ReviewPaging
from duban.platform.trust.selectors import review_get, review_list
from duban.platform.trust.services import reviews_decide

router = Router(tags=["trust"])


@router.get("/reviews", response={200: list[ReviewOut], **REFUSALS}, operation_id="trust_reviews_list")
def trust_reviews_list(request: HttpRequest, page: Query[ReviewPaging]) -> list[TrustReview]:
    """Doubtful records in order of their codes; `after` is the last code of the page before."""
    rows = review_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    wanted = {name: value for name, value in (("state", page.state), ("grade", page.grade)) if value}
    return list(rows.filter(**wanted)[: page.limit])


@router.get("/reviews/{code}", response={200: ReviewOut, **REFUSALS}, operation_id="trust_reviews_get")
def trust_reviews_get(request: HttpRequest, code: str) -> TrustReview:
    """One doubtful record."""
    return review_get(actor_of(request), code)


@router.post("/reviews/{code}/moves/{move}", response={200: ReviewOut, **REFUSALS}, operation_id="trust_reviews_move")
def trust_reviews_move(request: HttpRequest, code: str, move: Literal["accept", "refuse"], payload: DecisionIn) -> TrustReview:
    """Let the record count (`accept`) or not (`refuse`), with a note."""
    actor = actor_of(request)
    reviews_decide(actor=actor, reviews=[review_get(actor, code)], move=move, note=payload.note)
    return review_get(actor, code)
