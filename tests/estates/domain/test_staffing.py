from decimal import Decimal

import pytest

from duban.estates.domain.staffing import StaffingLevel, assess_post, lawful_floor, post_coefficient


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (261, ("4.20", "4.33", "4.42", "4.56")),
        (248, ("4.42", "4.55", "4.65", "4.80")),
        (243, ("4.51", "4.65", "4.74", "4.90")),
    ],
)
def test_coefficients(days, expected):
    rates = ("0", "0.03", "0.05", "0.08")
    assert tuple(str(post_coefficient(days, Decimal(rate))) for rate in rates) == expected


def test_row_staffing():
    staffing = assess_post(Decimal(3))
    assert (staffing.hours_per_person, staffing.overtime_hours) == (Decimal("243.3"), Decimal("78.0"))
    assert staffing.level is StaffingLevel.UNLAWFUL


def test_row_lawful_floor():
    assert lawful_floor() == Decimal("3.63")


@pytest.mark.parametrize(
    ("heads", "level"),
    [
        ("3.62", StaffingLevel.UNLAWFUL),
        ("3.63", StaffingLevel.ON_OVERTIME),
        ("4", StaffingLevel.ON_OVERTIME),
        ("4.41", StaffingLevel.ON_OVERTIME),
        ("4.42", StaffingLevel.SOUND),
    ],
)
def test_levels(heads, level):
    assert assess_post(Decimal(heads)).level is level


def test_four_people_work_seventeen_hours_over():
    assert assess_post(Decimal(4)).overtime_hours == Decimal("17.1")
    assert assess_post(Decimal(5)).overtime_hours == Decimal("0.0")
