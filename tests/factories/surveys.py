"""Survey scores."""

from datetime import date
from decimal import Decimal

from duban.contracts.models import ContractLine
from duban.surveys.models import SurveyScore


def make_score(
    line: ContractLine, day: date = date(2026, 10, 31), respondents: int = 40, average: int = 85, **more: object
) -> SurveyScore:
    """The answers of one round."""
    return SurveyScore.objects.create(
        estate=line.estate,
        line=line,
        service_line=line.service_line,
        day=day,
        method=more.pop("method", "phone"),
        respondents=respondents,
        score_sum=Decimal(respondents * average),
        **more,
    )
