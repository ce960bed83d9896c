"""What the API says and takes about survey scores."""

from datetime import date
from decimal import Decimal

from ninja import Field, Schema

from duban.estates.domain.service_lines import ServiceLine
from duban.surveys.models import SurveyMethod, SurveyScore


class Paging(Schema):
    """Which page of a list: `after` is the last code of the page before."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class ScoreIn(Schema):
    """The summed answers of one round; the same estate, service, day and method again corrects them."""

    estate: str = Field(max_length=60)
    service_line: ServiceLine
    day: date
    method: SurveyMethod
    invited: int | None = Field(None, ge=0, le=10_000_000)
    respondents: int = Field(ge=1, le=10_000_000)
    score_sum: Decimal = Field(ge=0, max_digits=12, decimal_places=2)
    source: str = Field("", max_length=120)


class ScoreOut(Schema):
    """A survey score."""

    code: str
    estate: str = Field(alias="estate.code")
    contract: str | None
    line: int | None
    service_line: str
    day: date
    method: str
    invited: int | None
    respondents: int
    score_sum: Decimal
    source: str

    @staticmethod
    def resolve_contract(score: SurveyScore) -> str | None:
        return score.line.contract.code if score.line else None

    @staticmethod
    def resolve_line(score: SurveyScore) -> int | None:
        return score.line.number if score.line else None
