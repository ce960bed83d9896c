import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from duban.estates.selectors.screens import screen_token
from duban.kernel.placecodes import said_by, was_shown
from duban.platform.trust.codes import place_secret
from tests.factories.inspections import make_place


@pytest.fixture
def place(world):
    found = make_place(world.ours.estate, "1 号楼大堂", make_place(world.ours.estate, "1 号楼"))
    found.tag, found.is_rotating = "AB12CD", True
    found.save()
    return found


def shown_code(answer):
    return re.search(r"<code>([^<]+)</code>", answer.content.decode()).group(1)


def test_a_screen_shows_a_code_that_holds_now_without_an_account(place):
    answer = Client().get(f"/screen/{screen_token(place)}/")
    tag, number = said_by(shown_code(answer))
    assert (answer.status_code, tag) == (200, place.tag)
    assert was_shown(place_secret(tag), number, timezone.now())
    assert (answer["Cache-Control"], answer["Referrer-Policy"], "<svg" in answer.content.decode()) == (
        "no-store",
        "no-referrer",
        True,
    )


def test_it_asks_for_the_next_code_by_itself(place):
    answer = Client().get(f"/screen/{screen_token(place)}/now/")
    text = answer.content.decode()
    seconds = int(re.search(r"delay:(\d+)s", text).group(1))
    assert 1 <= seconds <= 30
    assert "<html" not in text
    _, number = said_by(shown_code(answer))
    assert not was_shown(place_secret(place.tag), number, timezone.now() + timedelta(minutes=5))


def test_a_link_dies_with_the_code_of_its_place(place):
    token = screen_token(place)
    assert [Client().get(f"/screen/{text}/").status_code for text in (f"{token}x", "x")] == [404, 404]
    place.is_rotating = False
    place.save()
    assert Client().get(f"/screen/{token}/").status_code == 404


def test_only_who_keeps_the_estate_sets_up_a_screen(client_as, place):
    url = f"/estates/places/{place.tag}/code-screen/"
    assert screen_token(place) in client_as("group_admin").get(url).content.decode()
    assert client_as("quality_inspector").get(url).status_code == 403
    assert client_as("vendor_manager").get(url).status_code in {403, 404}
    assert "Code on a screen" in client_as("group_admin").get(f"/estates/places/{place.tag}/").content.decode()
    place.is_rotating = False
    place.save()
    assert "This place has a printed code" in client_as("group_admin").get(url).content.decode()


def test_any_camera_that_reads_the_changing_code_finds_the_place(client_as, place):
    answer = client_as("group_admin").get(f"/estates/places/{place.tag}.123456/")
    assert (answer.status_code, place.name in answer.content.decode()) == (200, True)
