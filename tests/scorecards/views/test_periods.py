import pytest
from django.urls import reverse

from duban.scorecards.models import Card, Period
from duban.scorecards.services import grades_propose
from tests.factories.scorecards import bound_line, contract_line, full_month, office, period
from tests.scorecards.views.pages import text_of


def test_period_page_shows_what_is_missing_and_closes(world, evidence, client_as):
    full_month(evidence, bound_line(world.ours))
    contract_line(world.ours)
    period(world.ours)
    client = client_as("quality_manager")
    url = reverse("scorecards:period", args=["2026-10"])
    assert "Lines without a scheme" in text_of(client.get(url))
    closing = client.post(reverse("scorecards:period_close", args=["2026-10"]), follow=True)
    assert "1 cards made" in text_of(closing)
    assert Period.objects.get(key="2026-10", tenant=world.ours.root).state == "closed"
    again = client.post(reverse("scorecards:period_close", args=["2026-10"]), follow=True)
    assert "Nothing has changed since the last close." in text_of(again)
    client.post(reverse("scorecards:period_publish", args=["2026-10"]))
    assert Card.objects.get().state == "published"


def test_progress_is_a_fragment(world, client_as):
    period(world.ours)
    response = client_as("quality_manager").get(reverse("scorecards:period", args=["2026-10"]), headers={"HX-Request": "true"})
    assert "<html" not in text_of(response)


@pytest.mark.parametrize("who", ["finance", "vendor_manager", "stranger"])
def test_others_do_not_close(world, client_as, who):
    period(world.ours)
    assert client_as(who).post(reverse("scorecards:period_close", args=["2026-10"])).status_code == 403


@pytest.mark.parametrize("name", ["list", "periods", "appeals", "schemes", "grades"])
def test_lists_open_and_show_nothing_of_others(card, world, client_as, name):
    grades_propose(actor=office(world.ours), period=card.period)
    shown = text_of(client_as("quality_manager").get(reverse(f"scorecards:{name}")))
    hidden = text_of(client_as("their quality_manager").get(reverse(f"scorecards:{name}")))
    assert world.ours.vendor.short_name not in hidden
    assert name in {"periods", "appeals", "schemes"} or world.ours.vendor.short_name in shown
