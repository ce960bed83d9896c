from datetime import UTC, datetime, timedelta

from duban.kernel.placecodes import said_by, was_shown
from duban.platform.trust.codes import code_at, next_change, place_secret, seconds_left

NOON = datetime(2026, 11, 26, 12, 0, 10, 500_000, tzinfo=UTC)


def test_a_screen_shows_a_code_that_holds_for_its_half_minute():
    tag, number = said_by(code_at("AB12", NOON))
    assert (tag, was_shown(place_secret("ab12"), number, NOON)) == ("AB12", True)
    assert not was_shown(place_secret("AB13"), number, NOON)
    assert code_at("AB12", NOON) != code_at("AB12", NOON + timedelta(minutes=2))


def test_it_says_when_the_next_one_comes():
    assert (seconds_left(NOON), next_change(NOON)) == (20, datetime(2026, 11, 26, 12, 0, 30, tzinfo=UTC))
    assert seconds_left(next_change(NOON)) == 30
