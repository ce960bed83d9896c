"""A survey score on its way in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ScoreInput:
    """The summed answers of one round; `score_sum` on a scale of 0 to 100 for each answer."""

    estate_id: int
    service_line: str
    day: date
    method: str
    respondents: int
    score_sum: Decimal
    invited: int | None = None
    source: str = ""
