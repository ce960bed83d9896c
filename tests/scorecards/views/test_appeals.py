from django.urls import reverse

from duban.scorecards.models import Card, CardAppeal
from tests.scorecards.views.pages import text_of


def test_vendor_appeals_and_the_office_decides(card, client_as):
    row = card.occurrences.get(kind="failed_item")
    vendor = client_as("vendor_manager")
    url = reverse("scorecards:appeal", args=[card.code])
    assert f"fake:{row.code}" in text_of(vendor.get(url))
    assert vendor.post(url, {"ground": "why"}).status_code == 422
    assert vendor.post(url, {"ground": "lift out of order", "points": [f"fake:{row.code}"]}).status_code == 302
    appeal = CardAppeal.objects.get()
    office_client = client_as("quality_manager")
    page = reverse("scorecards:appeal_detail", args=[appeal.code])
    assert "lift out of order" in text_of(office_client.get(page))
    assert office_client.post(page, {"decision": "uphold"}).status_code == 422
    assert office_client.post(page, {"decision": "uphold", "note": "true"}).status_code == 302
    assert str(Card.objects.get(is_current=True).score) == "84.5"
    assert client_as("their quality_manager").get(page).status_code == 404


def test_only_the_vendor_reaches_the_appeal_form(card, client_as):
    url = reverse("scorecards:appeal", args=[card.code])
    assert client_as("quality_manager").get(url).status_code == 403
    assert client_as("rival_manager").get(url).status_code == 404


def test_vendor_takes_an_appeal_back(card, client_as):
    vendor = client_as("vendor_manager")
    vendor.post(reverse("scorecards:appeal", args=[card.code]), {"ground": "x", "points": ["indicator:floors"]})
    vendor.post(reverse("scorecards:appeal_withdraw", args=[CardAppeal.objects.get().code]))
    assert Card.objects.get().state == "final"
