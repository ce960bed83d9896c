from duban.platform import panels
from duban.platform.tables_by_name import wired


def offer(actor, code):
    return "ui/tile.html", {"label": f"panel of {code}", "value": "1"}


def nothing(actor, code):
    return None


def test_panels_of_the_apps_above_stand_on_a_page(rf, actor, monkeypatch):
    table = {"scorecards.card": (f"{__name__}.offer", f"{__name__}.nothing")}
    monkeypatch.setattr(panels, "wired", lambda name: table if name == "DUBAN_PANELS" else wired(name))
    monkeypatch.setattr(panels, "import_string", lambda path: offer if path.endswith("offer") else nothing)
    text = panels.rendered_panels(rf.get("/"), "scorecards.card", actor("quality_manager"), "SC-1")
    assert text.count("panel of SC-1") == 1
    assert panels.rendered_panels(rf.get("/"), "elsewhere", actor("quality_manager"), "SC-1") == ""
