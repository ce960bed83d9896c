from django.urls import reverse

from duban.scorecards.models import Card
from duban.scorecards.views.export import XLSX, card_workbook


def test_workbook_is_named_after_the_card(card):
    response = card_workbook(Card.objects.with_names().get())
    assert response["Content-Type"] == XLSX
    assert response["Content-Disposition"] == f'attachment; filename="{card.code}.xlsx"'


def test_vendor_exports_its_card(card, client_as):
    assert client_as("vendor_manager").get(reverse("scorecards:export", args=[card.code])).status_code == 200
