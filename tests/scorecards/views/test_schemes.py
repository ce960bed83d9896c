import json

from django.urls import reverse

from duban.scorecards.models import LineScheme, Scheme, SchemeVersion
from duban.scorecards.services import version_draft
from tests.factories.scorecards import contract_line, office
from tests.scorecards.views.pages import text_of


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
