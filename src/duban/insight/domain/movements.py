"""Who moved, by how much against its own past, and which indicator moved it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

POINT = Decimal("0.1")


@dataclass(frozen=True)
class LineScore:
    """The score of one contract line in one period. `score` is None where there was too little evidence.

    `weight` is the monthly fee in CNY: a large contract counts more in a company-wide mean than a small one.
    """

    line_id: int
    score: Decimal | None
    weight: Decimal


@dataclass(frozen=True)
class Movement:
    """A line's score now, and the difference to the mean of its own earlier periods (None if there were none)."""

    line_id: int
    score: Decimal
    change: Decimal | None


@dataclass(frozen=True)
class IndicatorLoss:
    """Share of an indicator's weight that was lost: 0 means full points, 1 means none. Weight in points of the card."""

    key: str
    lost_share: Decimal
    weight: Decimal


def weighted_mean(scores: Iterable[LineScore]) -> Decimal | None:
    """Mean score by fee, one decimal, half up; lines without a score do not count; None if none has one."""
    known = [(score.score, score.weight) for score in scores if score.score is not None]
    total = sum((weight for _, weight in known), Decimal(0))
    if not total:
        return None
    return (sum((score * weight for score, weight in known), Decimal(0)) / total).quantize(POINT, ROUND_HALF_UP)


def movements(now: Sequence[LineScore], before: Iterable[LineScore]) -> list[Movement]:
    """Movement of every scored line against the plain mean of its own earlier scores, worst first."""
    past: dict[int, list[Decimal]] = {}
    for score in before:
        if score.score is not None:
            past.setdefault(score.line_id, []).append(score.score)
    moved = [
        Movement(score.line_id, score.score, _change(score.score, past.get(score.line_id, [])))
        for score in now
        if score.score is not None
    ]
    return sorted(moved, key=lambda item: (item.change is None, item.change or Decimal(0), item.line_id))


def main_causes(now: Sequence[IndicatorLoss], before: Sequence[IndicatorLoss], *, limit: int = 2) -> list[str]:
    """Keys of the indicators that explain most of a fall: growth of lost points, largest first.

    Without an earlier card the indicators that lose most points stand in their place. Only real losses are named.
    """
    earlier = {loss.key: loss.lost_share * loss.weight for loss in before}
    growth = [(loss.lost_share * loss.weight - earlier.get(loss.key, Decimal(0)), loss.key) for loss in now]
    return [key for grown, key in sorted(growth, key=lambda item: (-item[0], item[1])) if grown > 0][:limit]


def _change(score: Decimal, past: list[Decimal]) -> Decimal | None:
    if not past:
        return None
    return (score - sum(past, Decimal(0)) / len(past)).quantize(POINT, ROUND_HALF_UP)
