"""The satisfaction index of a round, and when too few answered to show one."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINIMUM_RESPONDENTS = 30
"""Fewer answers than this are shown as insufficient, never as a figure."""

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Index:
    """Average score on 0–100, rounded half up to a tenth; `value` is `None` below the minimum sample."""

    value: Decimal | None
    respondents: int
    needed: int

    @property
    def is_enough(self) -> bool:
        """Whether enough people answered."""
        return self.value is not None


def index(score_sum: Decimal, respondents: int, *, needed: int = MINIMUM_RESPONDENTS) -> Index:
    """Average of the answers, or none below `needed` answers so that nothing points at single people."""
    if respondents < max(needed, 1):
        return Index(None, respondents, needed)
    return Index((score_sum / respondents).quantize(TENTH, rounding=ROUND_HALF_UP), respondents, needed)
