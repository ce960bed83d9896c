"""Additive measurements of one contract line on one day, and the announcement that some of them changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class MetricFact:
    """Numerator and denominator of one metric for one line and day; any period or roll-up is their sum."""

    metric: str
    line_id: int
    day: date
    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True)
class EvidenceChanged:
    """Evidence of `app` was added, changed or withdrawn on these (line id, day) pairs."""

    app: str
    pairs: tuple[tuple[int, date], ...]
