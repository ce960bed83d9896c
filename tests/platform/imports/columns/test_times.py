from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.imports import reasons
from duban.platform.imports.columns import Column, Date, DateTime, Month, Time, Wrong
from duban.platform.sheets.problems import Reason
from duban.platform.sheets.writers import csv_text

DATE = Date("on", zh="日期", en="Date")
MOMENT = DateTime("at", zh="时间", en="Time")
HOUR = Time("from", zh="开始", en="From")
MONTH = Month("month", zh="月份", en="Month")
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def _reason(column: Column, cell: object) -> Reason:
    with pytest.raises(Wrong) as caught:
        column.parse(cell)
    return caught.value.reason


@given(DAYS)
def test_date_in_every_spelling(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    spellings = (
        day.isoformat(),
        f"{year}/{month}/{number}",
        f"{year}.{month:02}.{number:02}",
        f"{year}年{month}月{number}日",
        f"{year}{month:02}{number:02}",
        float(f"{year}{month:02}{number:02}"),
        datetime.combine(day, time(13, 30)),
        f"{day} 00:00:00",
        day,
    )
    assert [DATE.parse(cell) for cell in spellings] == [day] * len(spellings)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-30",
        "2026-13-01",
        "31/10/2026",
        "2026-10/31",
        "明天",
        46000.0,
        "2026-10",
        "0000-01-01",
        True,
        "2026-10-31 08:00",
    ],
)
def test_no_date(cell: object) -> None:
    assert _reason(DATE, cell) == reasons.NOT_A_DATE


def test_date_out_of_range() -> None:
    column = Date("on", zh="日期", en="Date", earliest=date(2026, 1, 1), latest=date(2026, 12, 31))
    assert (_reason(column, "2025-12-31"), _reason(column, "2027-01-01")) == (reasons.TOO_SMALL, reasons.TOO_GREAT)
    assert _reason(DATE, date(1, 1, 1)) == reasons.TOO_SMALL
    assert _reason(DATE, "9999-12-31") == reasons.TOO_GREAT


@given(
    st.datetimes(
        datetime.fromisoformat("1992-01-01 00:00"),
        datetime.fromisoformat("2199-12-31 00:00"),
        timezones=st.just(ZoneInfo("Asia/Shanghai")),
    )
)
def test_moment_written_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, fold=0)
    assert MOMENT.parse(csv_text(moment)) == moment
    assert MOMENT.parse(moment.isoformat()) == moment
    assert MOMENT.parse(moment.astimezone(ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")) == moment


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-31 09:05",
        "2026/10/31 9:05:00",
        "2026年10月31日9时5分",
        "2026-10-31T09:05:00+08:00",
        "2026-10-31T01:05Z",
        datetime.fromisoformat("2026-10-31 09:04:59.999600"),
    ],
)
def test_moment(cell: object) -> None:
    assert MOMENT.parse(cell) == datetime(2026, 10, 31, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_moment_without_time_is_midnight() -> None:
    assert (
        MOMENT.parse(date(2026, 10, 31))
        == MOMENT.parse("2026-10-31")
        == datetime(2026, 10, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
    )


@pytest.mark.parametrize("cell", ["2026-10-31 25:00", "9:00", "x", 5.0])
def test_no_moment(cell: object) -> None:
    assert _reason(MOMENT, cell) == reasons.NOT_A_MOMENT


@given(st.times())
def test_time_written_is_read_back(hour: time) -> None:
    hour = hour.replace(microsecond=0)
    assert (
        HOUR.parse(HOUR.write(hour, "en")) == HOUR.parse(hour) == HOUR.parse(datetime.combine(date(2026, 1, 1), hour)) == hour
    )


@pytest.mark.parametrize("cell", ["24:00", "8", "x"])
def test_no_time(cell: object) -> None:
    assert _reason(HOUR, cell) == reasons.NOT_A_TIME


@given(DAYS)
def test_month_in_every_spelling(day: date) -> None:
    first = day.replace(day=1)
    spellings = (
        f"{day:%Y-%m}",
        f"{day.year}年{day.month}月",
        f"{day:%Y%m}",
        f"{day.year}/{day.month}",
        day,
        MONTH.write(first, "zh"),
    )
    assert [MONTH.parse(cell) for cell in spellings] == [first] * len(spellings)


@pytest.mark.parametrize("cell", ["2026-13", "十月", 5.0, "2026"])
def test_no_month(cell: object) -> None:
    assert _reason(MONTH, cell) == reasons.NOT_A_MONTH


def test_what_is_no_date_is_written_as_it_is() -> None:
    assert (HOUR.write(None, "zh"), MONTH.write(None, "zh")) == (None, None)
