from datetime import UTC, datetime

import pytest

from duban.estates.domain.screens import ScreenCode
from duban.estates.selectors.screens import place_to_screen, screen_code, screen_place, screen_token
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.inspections import make_place


@pytest.fixture
def place(world):
    found = make_place(world.ours.estate, "大堂")
    found.is_rotating = True
    found.save()
    return found


def test_a_token_leads_to_its_place_and_to_no_other(place):
    assert screen_place(screen_token(place)) == place
    with pytest.raises(NotFound):
        screen_place("no.token")
    token = screen_token(place)
    place.is_rotating = False
    place.save()
    with pytest.raises(NotFound):
        screen_place(token)


def test_a_screen_is_set_up_by_who_keeps_the_estate(place, actor):
    assert place_to_screen(actor("group_admin"), place) == place
    with pytest.raises(NotAllowed):
        place_to_screen(actor("quality_manager"), place)


def test_the_code_lasts_until_the_half_minute_is_over(place):
    code = screen_code(place, datetime(2026, 11, 26, 12, 0, 29, tzinfo=UTC))
    assert (code.seconds, code.changes_at, code.text.startswith(f"{place.tag}.")) == (
        1,
        datetime(2026, 11, 26, 12, 0, 30, tzinfo=UTC),
        True,
    )
    assert isinstance(screen_code(place), ScreenCode)
