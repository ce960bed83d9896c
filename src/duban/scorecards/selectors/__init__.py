"""Every read of scoring."""

from duban.scorecards.selectors.grades import grade_in_force, grade_list
from duban.scorecards.selectors.settlement import CardForSettlement, ChargedOccurrence, cards_for_settlement

__all__ = ["CardForSettlement", "ChargedOccurrence", "cards_for_settlement", "grade_in_force", "grade_list"]
