from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.turnover import Cap, Tenure, by_category, turnover_of
from duban.kernel.period import Period

YEAR = [Period.parse(f"2026-{number:02d}") for number in range(1, 13)]
IMAGE = Cap(Decimal("0.20"), 3, Decimal(5), "T6")


def crew(stay, leavers):
    """People who stay, and one leaver on each of these days."""
    return [Tenure(date(2025, 1, 1))] * stay + [Tenure(date(2025, 1, 1), day) for day in leavers]


def test_a_year_within_and_over_the_cap():
    within = turnover_of(crew(9, [date(2026, 12, 31)]), YEAR, IMAGE)
    assert (within.rate, within.is_over, within.triggers) == (Decimal("0.1004"), False, False)
    assert within.months[-1].rate == Decimal("0.1053")
    over = turnover_of(crew(7, [date(2026, 3, 5), date(2026, 6, 5), date(2026, 9, 5)]), YEAR, IMAGE)
    assert over.is_over
    assert over.over_months == ("2026-03", "2026-06", "2026-09")
    assert over.triggers
    assert [step.result for step in over.steps] == [str(over.rate), "triggers"]
    assert over.steps[0].refs == ("T6",)
    assert (over.steps[0].inputs["cap"], over.steps[1].inputs["limit"]) == ("20%", "1.67%")


def test_few_people_say_nothing():
    few = turnover_of(crew(2, [date(2026, 3, 5)]), YEAR, Cap(Decimal("0.6"), 3, Decimal(5)))
    assert (few.rate, few.is_over, few.over_months) == (None, None, ())
    assert few.steps[0].result == "insufficient"
    assert few.steps[0].refs == ()
    assert turnover_of([], [], IMAGE).rate is None
    assert turnover_of([], YEAR, Cap(Decimal("0.6"), 3, Decimal(0))).months[0].rate is None


def test_a_quarter_is_scaled_to_a_year():
    quarter = turnover_of(crew(10, [date(2026, 3, 31)]), YEAR[:3], IMAGE)
    assert quarter.months[2].heads == Decimal("10.5")
    assert quarter.rate == (Decimal(1) / ((11 + 11 + Decimal("10.5")) / 3) * 4).quantize(Decimal("0.0001"))


def test_people_who_begin_are_no_turnover():
    grown = turnover_of([*crew(6, []), Tenure(), *[Tenure(date(2026, 5, 1))] * 10], YEAR, IMAGE)
    assert (grown.rate, grown.months[4].before, grown.months[4].after) == (0, 7, 17)
    assert IMAGE.month == Decimal("0.0167")


def test_each_kind_of_post_has_its_own_cap():
    people = [("image", one) for one in crew(8, [date(2026, 3, 5)])] + [("backbone", one) for one in crew(6, [])]
    found = by_category(people, YEAR, {"image": IMAGE, "ordinary": IMAGE})
    assert set(found) == {"image"}


days = st.dates(date(2025, 6, 1), date(2027, 2, 1))


@given(st.lists(days, max_size=12), st.integers(5, 20))
def test_more_leavers_never_lower_the_rate(leavers, stay):
    base = turnover_of(crew(stay, []), YEAR, IMAGE)
    rate = turnover_of(crew(stay, leavers), YEAR, IMAGE).rate
    assert base.rate == 0
    assert rate is not None
    assert rate >= 0
    assert sum(row.leavers for row in turnover_of(crew(stay, leavers), YEAR, IMAGE).months) == sum(
        day.year == YEAR[0].year for day in leavers
    )
