from datetime import date
from decimal import Decimal

from duban.kernel.occurrence import Occurrence, Severity


def test_occurrence_is_identified_by_app_and_code():
    first = Occurrence(
        "inspections", "CR-1", 7, date(2026, 10, 3), "failed_item", "lobby:glass", Severity.MINOR, Decimal(1), "Glass", "B1"
    )
    assert first.identity == ("inspections", "CR-1")
    assert first.severity == "minor"
