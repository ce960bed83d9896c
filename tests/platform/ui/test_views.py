import re
from collections.abc import Callable

import pytest
from django.template.loader import get_template
from django.test import Client
from pytest_django import Settings

ClientAs = Callable[[str], Client]
COMPONENTS = ("page-header", "badge-waiting", "chain card", "tile card", "timeline", "conversation", "tabs", "no-data")


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DUBAN_DEMO = True


def test_style_page_shows_every_component(client_as: ClientAs) -> None:
    answer = client_as("quality_manager").get("/_ui/")
    assert answer.status_code == 200
    html = answer.content.decode()
    for mark in COMPONENTS:
        assert mark in html
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<script(?! type=\"(application/json|module)\"| id=)", html)


def test_style_page_form_with_errors_is_422(client_as: ClientAs) -> None:
    answer = client_as("quality_manager").post("/_ui/", {"name": ""})
    assert answer.status_code == 422
    assert 'aria-describedby="id_name_helptext id_name_error"' in answer.content.decode()


def test_style_page_is_hidden_from_real_installations(client_as: ClientAs, settings: Settings) -> None:
    settings.DUBAN_DEMO = False
    client = client_as("quality_manager")
    assert client.get("/_ui/").status_code == 404
    assert client.get("/_ui/chain/").status_code == 404


def test_sample_chain(client_as: ClientAs) -> None:
    answer = client_as("finance").get("/_ui/chain/")
    assert answer.content.decode().count('<li class="chain-stop') == 9


def test_counts_are_swapped_in_place(client_as: ClientAs) -> None:
    html = client_as("finance").get("/_ui/counts/").content.decode()
    assert '<span id="count-notices" class="bell-count" hx-swap-oob="true"></span>' in html


def test_theme_cookie_colours_the_page(client_as: ClientAs) -> None:
    client = client_as("finance")
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in client.get("/_ui/").content.decode()


@pytest.mark.parametrize("name", ["403", "403_csrf", "404", "409", "422", "429", "500"])
def test_error_pages_need_no_context(name: str) -> None:
    assert name.split("_", maxsplit=1)[0] in get_template(f"{name}.html").render()
