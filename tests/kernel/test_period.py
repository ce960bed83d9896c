from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.errors import Invalid
from duban.kernel.period import Period, PeriodKind

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def test_month_reads_and_writes():
    month = Period.parse(" 2026-10 ")
    assert (month.kind, month.start, month.end, month.day_count) == (
        PeriodKind.MONTH,
        date(2026, 10, 1),
        date(2026, 10, 31),
        31,
    )
    assert (month.code, str(month)) == ("2026-10", "2026-10")
    assert month.months == (month,)
    assert len(month.days) == 31


def test_quarter_reads_and_writes():
    quarter = Period.parse("2026q4")
    assert (quarter.start, quarter.end, quarter.code) == (date(2026, 10, 1), date(2026, 12, 31), "2026Q4")
    assert [month.code for month in quarter.months] == ["2026-10", "2026-11", "2026-12"]
    assert Period.parse("2026-Q4") == quarter


def test_neighbours_cross_the_year():
    assert Period.parse("2026-12").next().code == "2027-01"
    assert Period.parse("2026Q1").previous().code == "2025Q4"


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026Q5", "October", "", "2026-1"])
def test_anything_else_is_refused(text):
    with pytest.raises(Invalid):
        Period.parse(text)


def test_overlap_by_days():
    month = Period.parse("2026-10")
    assert month.overlap_days(date(2026, 10, 16), None) == 16
    assert month.overlap_share(date(2026, 10, 16), date(2027, 3, 31)) == Fraction(16, 31)
    assert month.overlap_days(date(2026, 11, 1), None) == 0
    assert month.overlap_share(None, None) == 1


@given(days)
def test_a_day_lies_in_its_month_and_quarter(day):
    month, quarter = Period.month_of(day), Period.quarter_of(day)
    assert day in month
    assert day in quarter
    assert month in quarter.months
    assert Period.parse(month.code) == month
    assert Period.parse(quarter.code) == quarter
    assert month.next().previous() == month


def test_order_is_by_time():
    assert sorted([Period.parse("2026-11"), Period.parse("2026-02")]) == [Period.parse("2026-02"), Period.parse("2026-11")]
    with pytest.raises(TypeError):
        assert Period.parse("2026-11") < 3
