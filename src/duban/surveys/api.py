"""Survey scores for other systems."""

from django.http import HttpRequest
from ninja import Query, Router

from duban.kernel.errors import NotFound
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.surveys.domain.rows import ScoreInput
from duban.surveys.models import SurveyScore
from duban.surveys.schemas import Paging, ScoreIn, ScoreOut
from duban.surveys.selectors import score_get, score_list
from duban.surveys.selectors.imports import estate_keys
from duban.surveys.services import score_record

router = Router(tags=["surveys"])


@router.post("/scores", response={200: ScoreOut, **REFUSALS}, operation_id="scores_record")
def scores_record(request: HttpRequest, payload: ScoreIn) -> SurveyScore:
    """Enter the answers of a round, or correct them."""
    actor = actor_of(request)
    values = payload.dict()
    key = estate_keys([payload.estate], actor=actor).get(values.pop("estate"))
    if key is None:
        raise NotFound
    score = score_record(actor=actor, entry=ScoreInput(estate_id=key, **values))
    return score_get(actor, score.code)


@router.get("/scores", response={200: list[ScoreOut], **REFUSALS}, operation_id="scores_list")
def scores_list(request: HttpRequest, page: Query[Paging]) -> list[SurveyScore]:
    """Survey scores in order of their codes; `after` is the last code of the page before."""
    return list(score_list(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.get("/scores/{code}", response={200: ScoreOut, **REFUSALS}, operation_id="scores_get")
def scores_get(request: HttpRequest, code: str) -> SurveyScore:
    """One survey score."""
    return score_get(actor_of(request), code)
