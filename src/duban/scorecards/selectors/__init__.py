"""Every read of scoring."""

from duban.scorecards.selectors.for_settlement import cards_for_settlement, scores_of_lines
from duban.scorecards.selectors.grades import grade_in_force, grade_list

__all__ = ["cards_for_settlement", "grade_in_force", "grade_list", "scores_of_lines"]
