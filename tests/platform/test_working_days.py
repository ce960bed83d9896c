from datetime import date

from duban.platform.working_days import china_calendar


def test_the_national_day_week_of_2026():
    calendar = china_calendar()
    assert not calendar.is_working_day(date(2026, 10, 1))
    assert calendar.is_working_day(date(2026, 10, 10))
    assert calendar.add_working_days(date(2026, 11, 23), 5) == date(2026, 11, 30)


def test_the_calendar_says_how_far_it_reaches():
    calendar = china_calendar()
    assert calendar.knows(date(2026, 1, 1))
    assert not calendar.knows(date(2100, 1, 1))
