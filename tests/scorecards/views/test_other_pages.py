import json

import pytest
from django.urls import reverse

from duban.scorecards.models import Card, CardAppeal, LineScheme, Period, Scheme, SchemeVersion, VendorGrade
from duban.scorecards.services import card_publish, grades_propose, version_draft
from tests.factories.scorecards import bound_line, closed, contract_line, full_month, office, period


@pytest.fixture
def card(world, evidence) -> Card:
    """A published card."""
    full_month(evidence, bound_line(world.ours))
    closed(world.ours)
    card_publish(actor=office(world.ours), card=Card.objects.get())
    return Card.objects.get()


def text_of(response):
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


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


def test_scheme_is_drafted_tried_and_put_in_force(card, client_as, world):
    client = client_as("quality_manager")
    scheme = Scheme.objects.get(key="CLN-M", tenant=world.ours.root)
    assert "CLN-M v1" in text_of(client.get(reverse("scorecards:scheme", args=[scheme.code])))
    client.post(reverse("scorecards:scheme_draft", args=[scheme.code]))
    draft = SchemeVersion.objects.get(scheme=scheme, number=2)
    edit = reverse("scorecards:version_edit", args=[draft.code])
    assert "What would this have scored?" in text_of(client.get(edit))
    rules = {**draft.definition, "deductions": []}
    tried = client.post(
        reverse("scorecards:version_preview", args=[draft.code]), {"definition": json.dumps(rules), "period": "2026-10"}
    )
    assert "84.0" in text_of(tried)
    unsound = client.post(
        reverse("scorecards:version_preview", args=[draft.code]),
        {"definition": json.dumps({**rules, "maximum": "9"}), "period": "2026-10"},
    )
    assert "The weights add up to 100, not 9." in text_of(unsound)
    assert client.post(edit, {"definition": "{"}).status_code == 422
    assert client.post(edit, {"definition": json.dumps(rules)}).status_code == 302
    client.post(reverse("scorecards:version_enforce", args=[draft.code]))
    assert SchemeVersion.objects.get(pk=draft.pk).state == "published"


def test_line_is_bound_on_the_version_page(card, client_as, world):
    version = card.scheme_version
    line = contract_line(world.ours)
    client = client_as("quality_manager")
    url = reverse("scorecards:version", args=[version.code])
    assert "Outside and roads" in text_of(client.get(url))
    name = f"{line.contract.code}/{line.number}"
    assert client.post(url, {"line": name, "from_on": "2026-11-01"}).status_code == 302
    assert LineScheme.objects.filter(line=line).count() == 1
    assert client.post(url, {"line": "CT-0000-0001/1", "from_on": "2026-11-01"}).status_code == 404
    assert client_as("their quality_manager").get(url).status_code == 404


def test_templates_are_put_in_by_button(world, client_as):
    client_as("quality_manager").post(reverse("scorecards:schemes_install"))
    assert Scheme.objects.filter(tenant=world.ours.root).count() == 16
    assert client_as("finance").post(reverse("scorecards:schemes_install")).status_code == 403


def test_drafts_are_not_for_everybody(card, client_as, world):
    draft = version_draft(actor=office(world.ours), scheme=card.scheme_version.scheme)
    assert client_as("finance").get(reverse("scorecards:version_edit", args=[draft.code])).status_code == 403


def test_grade_is_proposed_and_confirmed(card, client_as):
    client = client_as("quality_manager")
    client.post(reverse("scorecards:grades_propose", args=["2026-10"]))
    grade = VendorGrade.objects.get()
    url = reverse("scorecards:grade", args=[grade.code])
    assert "too few months to say" in text_of(client.get(url))
    assert client.post(url, {"grade": "B"}).status_code == 422
    assert client.post(url, {"grade": "B", "note": "first month"}).status_code == 302
    assert VendorGrade.objects.get().grade == "B"
    assert client_as("rival_manager").get(url).status_code == 404
