from decimal import Decimal

import pytest

from duban.estates.domain.staffing import StaffingLevel, assess_post, lawful_floor, post_coefficient, steps_of


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


def test_the_steps_name_each_figure_and_the_rule_that_gave_the_colour():
    steps = steps_of(assess_post(Decimal("3.5")))
    assert [(step.label, step.result) for step in steps] == [
        ("Lawful floor", "3.63"),
        ("Free on weekends only", "4.20"),
        ("Free on weekends and public holidays", "4.42"),
        ("Hours of each person", "208.6"),
        ("Colour", "unlawful"),
    ]
    assert steps[0].refs == ("Labour Law Art. 41",)
    assert steps[3].rule.format(**steps[3].inputs) == "730 h ÷ 3.5 people = 208.6 h a month, 43.2 h of them overtime"


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("3", "red: 3 people are fewer than 3.63; overtime passes 36 h in every month"),
        ("4", "amber: 4 people are at least 3.63, fewer than 4.42; it rests on overtime"),
        ("4.5", "green: 4.5 people are at least 4.42"),
    ],
)
def test_the_last_step_says_why_the_colour(heads, said):
    colour = steps_of(assess_post(Decimal(heads)))[-1]
    assert colour.rule.format(**colour.inputs) == said


def test_four_people_work_seventeen_hours_over():
    assert assess_post(Decimal(4)).overtime_hours == Decimal("17.1")
    assert assess_post(Decimal(5)).overtime_hours == Decimal("0.0")
