"""The working days of mainland China, from the published holiday notices the library `chinesecalendar` carries."""

from datetime import date
from functools import cache

import chinese_calendar

from duban.kernel.calendar import WorkCalendar


@cache
def china_calendar() -> WorkCalendar:
    """All years the installed library knows; later years are unknown until it is updated."""
    holidays: dict[date, object] = chinese_calendar.holidays
    makeup_days: dict[date, object] = chinese_calendar.workdays
    years = {day.year for day in holidays}
    return WorkCalendar.of(range(min(years), max(years) + 1), holidays=holidays, makeup_days=makeup_days)
