import pytest
from django.urls import reverse

from duban.scorecards.models import PanelRating
from duban.scorecards.services import cards_publish
from tests.factories.scorecards import bound_line, closed, contract_line, period


@pytest.fixture
def line(world, evidence):
    bound_line(world.theirs, scheme="T4")
    found = bound_line(world.ours, scheme="T4")
    period(world.ours)
    return found


def url(line):
    return reverse("scorecards:rating", args=["2026-10", line.contract.code, line.number])


def text(response):
    return response.content.decode()


def test_rating_alone_first_then_beside_the_others(client_as, line):
    manager, estate = client_as("quality_manager"), client_as("estate_manager")
    assert manager.post(url(line), {"service": "80", "service.note": ""}).status_code == 302
    before = text(estate.get(url(line)))
    assert "shown once you have rated" in before
    assert "80.00" not in before
    assert estate.post(url(line), {"service": "101"}).status_code == 422
    assert estate.post(url(line), {"service": "90", "service.note": "bright"}).status_code == 302
    after = text(estate.get(url(line)))
    assert "shown once you have rated" not in after
    for shown in ("85", "bright"):
        assert shown in after
    assert PanelRating.objects.count() == 2


def test_the_list_says_what_is_left(client_as, line):
    manager = client_as("quality_manager")
    address = reverse("scorecards:ratings", args=["2026-10"])
    assert "0 / 1" in text(manager.get(address))
    manager.post(url(line), {"service": "80"})
    page = text(manager.get(address))
    assert "1 / 1" in page
    assert url(line) in page
    assert address in text(manager.get(reverse("scorecards:period", args=["2026-10"])))


def test_a_published_card_closes_its_ratings(client_as, world, actor, line):
    manager = client_as("quality_manager")
    manager.post(url(line), {"service": "80"})
    cards_publish(actor=actor("quality_manager"), period=closed(world.ours))
    assert "its ratings are closed" in text(manager.get(url(line)))
    assert manager.post(url(line), {"service": "90"}).status_code == 409


def test_who_rates_nothing_sees_no_ratings(client_as, line):
    assert client_as("finance").get(reverse("scorecards:ratings", args=["2026-10"])).status_code == 403
    assert client_as("finance").get(url(line)).status_code == 403
    assert client_as("their quality_manager").get(url(line)).status_code == 404
    page = text(client_as("finance").get(reverse("scorecards:period", args=["2026-10"])))
    assert reverse("scorecards:ratings", args=["2026-10"]) not in page


def test_the_list_costs_the_same_with_more_rows(client_as, world, line, flat_queries):
    client = client_as("quality_manager")
    scheme = line.scheme_bindings.get().version

    def add():
        contract_line(world.ours, estate=world.ours.estate_two).scheme_bindings.create(version=scheme, from_on="2026-01-01")

    flat_queries.check(
        "scorecards.ratings", visit=lambda: client.get(reverse("scorecards:ratings", args=["2026-10"])), add_row=add
    )
