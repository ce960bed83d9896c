"""Indicators that people rate: which there are, and what the ratings of a panel say together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duban.scorecards.domain.rules import Panel
from duban.scorecards.domain.scheme import Indicator, SchemeDefinition

PLACES = Decimal("0.01")


@dataclass(frozen=True)
class RatingInput:
    """One rating; `None` takes one's own rating back."""

    rating: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Spread:
    """Ratings of one indicator: how many, the lowest, the highest, and the mean that counts (2 places, half up).

    `mean` leaves out the `trim` lowest and highest, as the rule says; it is `None` while too few have rated.
    """

    count: int
    lowest: Decimal | None = None
    highest: Decimal | None = None
    mean: Decimal | None = None


def rated_indicators(definition: SchemeDefinition) -> dict[str, tuple[Indicator, Panel]]:
    """Key → indicator and rule of everything a panel rates, in the order of the scheme."""
    return {
        indicator.key: (indicator, indicator.rule) for indicator in definition.indicators() if isinstance(indicator.rule, Panel)
    }


def spread_of(ratings: Sequence[Decimal], trim: int) -> Spread:
    """What the ratings say together."""
    if not ratings:
        return Spread(0)
    ordered = sorted(ratings)
    kept = ordered[trim : len(ordered) - trim]
    mean = (sum(kept, Decimal(0)) / len(kept)).quantize(PLACES, ROUND_HALF_UP) if kept else None
    return Spread(len(ordered), ordered[0], ordered[-1], mean)
