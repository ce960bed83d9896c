"""Tables of scoring."""

from duban.scorecards.models.cards import Card, CardAppeal, CardIndicator, CardOccurrence
from duban.scorecards.models.facts import DirtyPair, Fact
from duban.scorecards.models.grades import VendorGrade
from duban.scorecards.models.periods import PanelRating, Period
from duban.scorecards.models.schemes import LineScheme, Scheme, SchemeVersion

__all__ = [
    "Card",
    "CardAppeal",
    "CardIndicator",
    "CardOccurrence",
    "DirtyPair",
    "Fact",
    "LineScheme",
    "PanelRating",
    "Period",
    "Scheme",
    "SchemeVersion",
    "VendorGrade",
]
