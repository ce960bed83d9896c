from datetime import UTC, datetime

from duban.estates.domain.screens import ScreenCode


def test_two_screens_of_one_place_show_the_same():
    moment = datetime(2026, 11, 26, tzinfo=UTC)
    assert ScreenCode("AB12.123456", moment, 9) == ScreenCode("AB12.123456", moment, 9)
