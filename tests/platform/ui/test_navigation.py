from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from duban.kernel.actor import Actor
from duban.platform.ui import navigation
from duban.platform.ui.navigation import NavigationItem

TABLE = (
    NavigationItem("components", "Components", "ui:styleguide", group="overview"),
    NavigationItem("counts", "Counts", "ui:counts", rights=("scorecards.close",), count=f"{__name__}.seven"),
    NavigationItem("offices", "Offices", "ui:sample_chain", group="base", only_offices=True),
    NavigationItem("nowhere", "Nowhere", "nowhere:at_all"),
)


def seven(_actor: Actor) -> int:
    return 7


@pytest.fixture(autouse=True)
def _table(settings: Settings) -> None:
    settings.DUBAN_NAVIGATION = f"{__name__}.TABLE"


def test_items_need_an_address_and_a_right(actor: Callable[[str], Actor]) -> None:
    assert [item.station for item in navigation.items_for(actor("quality_manager"))] == ["components", "counts", "offices"]
    assert [item.station for item in navigation.items_for(actor("finance"))] == ["components", "offices"]
    assert [item.station for item in navigation.items_for(actor("vendor_manager"))] == ["components"]


def test_longest_prefix_is_lit(actor: Callable[[str], Actor]) -> None:
    links = navigation.links_for("/_ui/chain/more/", actor("finance"), {})
    assert [(link.station, link.active) for group in links.values() for link in group] == [
        ("components", False),
        ("offices", True),
    ]


def test_counts_are_kept_for_a_minute(actor: Callable[[str], Actor], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = actor("quality_manager")
    assert navigation.known_counts(person) is None
    assert navigation.counts(person) == {"counts": 7, "notices": 0}
    with django_assert_num_queries(0):
        assert navigation.counts(person) == {"counts": 7, "notices": 0}
    assert navigation.known_counts(actor("finance")) is None


def test_address_of_unknown_name() -> None:
    assert navigation.address("nowhere:at_all") == ""
