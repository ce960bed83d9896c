from datetime import date

from duban.inspections.domain.rows import CheckRow, NamedRow, Recorded
from duban.inspections.domain.verdicts import Verdict


def test_a_row_takes_the_severity_of_its_item_unless_it_says_otherwise():
    day = date(2026, 10, 5)
    assert CheckRow(1, 2, day, Verdict.FAIL).severity is None
    assert NamedRow("CT-1", 1, "floors.lamp", day, Verdict.PASS).place == ""
    assert Recorded(3, 1, 2) == Recorded(written=3, known=1, findings=2)
