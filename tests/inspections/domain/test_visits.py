from datetime import date

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.domain.visits import VisitInput, VisitLine


def test_a_visit_is_announced_unless_it_says_otherwise():
    visit = VisitInput(date(2026, 10, 5), lines=(VisitLine(1, Verdict.PASS),))
    assert (visit.is_announced, visit.checklist_id, visit.lines[0].photos) == (True, None, ())
