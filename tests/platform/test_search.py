import pytest

from duban.platform.search.hits import SearchHit
from duban.platform.search.selectors import SearchGroup, search
from duban.platform.tables_by_name import wired

PROVIDERS = ("tests.platform.test_search.units", "tests.platform.test_search.nothing")


def units(actor, text, limit):
    """A provider of the tests."""
    hits = [SearchHit("Unit", f"{text} {number}", actor.name, f"/units/{number}/") for number in range(9)]
    return hits[:limit]


def nothing(actor, text, limit):
    """A provider that finds nothing."""
    return []


@pytest.fixture(autouse=True)
def _own_providers(settings):
    settings.DUBAN_SEARCH = "tests.platform.test_search.PROVIDERS"
    wired.cache_clear()
    yield
    wired.cache_clear()


def test_every_provider_is_asked(world, actor):
    finance = actor("finance")
    assert search(finance, " 甲园 ", limit=1) == (
        SearchGroup("Unit", (SearchHit("Unit", "甲园 0", finance.name, "/units/0/"),)),
    )


def test_short_text_and_nobody_find_nothing(world, actor):
    from duban.orgs.middleware import NOBODY

    assert search(actor("finance"), "甲", limit=5) == ()
    assert search(NOBODY, "甲园", limit=5) == ()


def test_page_and_dropdown(world, client_as):
    client = client_as("finance")
    page = client.get("/search/?q=甲园")
    part = client.get("/search/?q=甲园", headers={"HX-Request": "true"})
    assert (page.text.count("/units/"), part.text.count("/units/")) == (9, 4)
    assert "<html" in page.text
    assert "<html" not in part.text
    assert "Nothing found" in client.get("/search/?q=x").text


def test_every_provider_of_the_product_can_be_asked(world, actor, settings):
    settings.DUBAN_SEARCH = "duban.project.wiring.SEARCH"
    wired.cache_clear()
    for role in ("group_admin", "vendor_manager", "stranger"):
        for group in search(actor(role), "甲子", limit=3):
            assert all(hit.title and hit.url for hit in group.hits)
