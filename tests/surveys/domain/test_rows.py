from datetime import date
from decimal import Decimal

from duban.surveys.domain.rows import ScoreInput


def test_the_number_of_people_asked_may_be_unknown():
    assert ScoreInput(1, "cleaning", date(2026, 10, 31), "phone", 40, Decimal(3400)).invited is None
