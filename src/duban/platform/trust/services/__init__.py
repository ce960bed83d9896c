"""Writes of trust."""

from duban.platform.trust.services.deciding import reviews_decide
from duban.platform.trust.services.grading import Graded, grade_evidence, keep_marks, move_marks
from duban.platform.trust.services.looking import photos_look

__all__ = ["Graded", "grade_evidence", "keep_marks", "move_marks", "photos_look", "reviews_decide"]
