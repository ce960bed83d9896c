import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from duban.scorecards.domain.calc import calculate
from duban.scorecards.models import Card
from duban.scorecards.services import card_publish
from tests.factories.scorecards import bound_line, closed, full_month, office


@pytest.fixture
def card(world, evidence) -> Card:
    """A draft card of our first estate."""
    full_month(evidence, bound_line(world.ours))
    closed(world.ours)
    return Card.objects.get()


@pytest.fixture
def published(card, world) -> Card:
    """The same, with the vendor."""
    card_publish(actor=office(world.ours), card=card)
    return Card.objects.get()


def test_card_list_is_flat(world, evidence, client_as, flat_queries):
    number, client = iter(range(100)), client_as("quality_manager")

    def add_row():
        full_month(evidence, bound_line(world.ours, service_line=f"cleaning{next(number)}"))
        closed(world.ours)

    flat_queries.check("scorecards.list", visit=lambda: client.get(reverse("scorecards:list")), add_row=add_row)


def test_card_page_shows_the_score_and_every_indicator(card, client_as):
    response = client_as("quality_manager").get(reverse("scorecards:detail", args=[card.code]))
    text = response.content.decode()
    assert response.status_code == 200
    assert "83.5" in text
    assert text.count('id="evidence-') == 9
    assert "−0.5" in text
    assert "lost most" in text


def test_card_page_is_flat(card, client_as, flat_queries, evidence, world):
    number, client = iter(range(100)), client_as("quality_manager")

    def add_row():
        evidence.happen(card.line, f"X{next(number)}")
        closed(world.ours)

    url = reverse("scorecards:detail", args=[card.code])
    flat_queries.check("scorecards.detail", visit=lambda: client.get(url), add_row=add_row)


@pytest.mark.parametrize("name", ["detail", "occurrences", "trace", "case", "export", "panels"])
@pytest.mark.parametrize("who", ["their quality_manager", "stranger", "rival_manager"])
def test_strangers_find_nothing(card, client_as, name, who):
    response = client_as(who).get(reverse(f"scorecards:{name}", args=[card.code]))
    assert response.status_code == (403 if who == "stranger" else 404)


def test_vendor_sees_its_card_only_once_published(card, world, client_as):
    url = reverse("scorecards:detail", args=[card.code])
    assert client_as("vendor_manager").get(url).status_code == 404
    card_publish(actor=office(world.ours), card=card)
    assert client_as("vendor_manager").get(url).status_code == 200


def test_evidence_opens_as_fragment_and_as_page(card, client_as):
    url = reverse("scorecards:evidence", args=[card.code, "outside"])
    client = client_as("quality_manager")
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    page = client.get(url).content.decode()
    assert "<html" not in fragment
    assert "failed_item" in fragment
    assert "<html" in page
    assert client.get(reverse("scorecards:evidence", args=[card.code, "nonsense"])).status_code == 404


def test_trace_ends_with_the_score(card, client_as):
    text = client_as("quality_manager").get(reverse("scorecards:trace", args=[card.code])).content.decode()
    assert "Indicator Outside and roads" in text
    assert "rounded half up to one decimal" in text


def test_case_recomputes_the_card_without_the_database(card, client_as):
    case = json.loads(client_as("quality_manager").get(reverse("scorecards:case", args=[card.code])).content)
    answer = calculate(case)
    assert Decimal(answer["score"]) == card.score
    assert answer["trace"] == card.result["trace"]


def test_export_is_a_workbook_with_every_line(card, client_as):
    response = client_as("quality_manager").get(reverse("scorecards:export", args=[card.code]))
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[2][:2] == ["Outside and roads", "−1 each, at most 20"]
    assert [row[5] for row in rows if row[0] == "Score"] == [83.5]


def test_publishing_by_button(card, client_as):
    client = client_as("quality_manager")
    url = reverse("scorecards:move", args=[card.code, "publish"])
    assert client_as("finance").post(url).status_code == 403
    assert Card.objects.get().state == "draft"
    assert client.post(url).status_code == 302
    assert Card.objects.get().state == "published"
    assert client.post(url).status_code == 403
    assert client.post(reverse("scorecards:move", args=[card.code, "nonsense"])).status_code == 409


def test_bulk_publish_names_what_it_did(card, client_as):
    response = client_as("quality_manager").post(reverse("scorecards:bulk_publish"), {"selected": [card.code]}, follow=True)
    assert "1 card published." in response.content.decode()
    assert Card.objects.get().state == "published"


def test_vendor_confirms_by_button(published, client_as):
    url = reverse("scorecards:move", args=[published.code, "confirm"])
    assert client_as("quality_manager").post(url).status_code == 403
    assert client_as("vendor_manager").post(url).status_code == 302
    assert Card.objects.get().state == "confirmed"


def test_withdrawing_needs_a_reason(published, client_as):
    client = client_as("quality_manager")
    url = reverse("scorecards:move", args=[published.code, "withdraw"])
    assert client.post(url).status_code == 422
    assert client.post(url, {"note": "wrong month"}).status_code == 302
    assert Card.objects.get().state == "draft"
