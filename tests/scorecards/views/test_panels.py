from django.urls import reverse

from duban.platform.tables_by_name import wired
from duban.scorecards.views import panels


def offer(actor, code):
    return "ui/tile.html", {"label": f"panel of {code}", "value": "1"}


def nothing(actor, code):
    return None


def test_panels_of_the_apps_above_stand_on_the_card(card, client_as, monkeypatch):
    table = {"scorecards.card": (f"{__name__}.offer", f"{__name__}.nothing")}
    monkeypatch.setattr(panels, "wired", lambda name: table if name == "DUBAN_PANELS" else wired(name))
    monkeypatch.setattr(panels, "import_string", lambda path: offer if path.endswith("offer") else nothing)
    text = client_as("quality_manager").get(reverse("scorecards:panels", args=[card.code])).content.decode()
    assert text.count(f"panel of {card.code}") == 1
