"""A plan by risk with acceptance sampling: its rounds appear, one is recorded in the office, its lot is judged."""

from collections.abc import Callable

import pytest

from tests.journeys.sides import arrive, sides
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
PLANS, BOARD = "/inspections/plans/", "/inspections/tasks/board/"
BUTTON = "form.form button[type=submit]"


@pytest.mark.parametrize(
    ("screen", "language", "failed", "passed"),
    sides(("desktop", "zh-hans", "拒收", "接收"), ("phone", "en", "Lot failed", "Lot passed")),
)
def test_a_drawn_round_is_recorded_and_its_lot_judged(visit: Visit, screen: str, language: str, failed: str, passed: str):
    quality = arrive(visit, "quality", screen, language)
    plan = plan_by_risk(quality)
    assert quality.page.locator("main details li").count() > 1
    round_path = quality.page.locator("main a[href^='/inspections/tasks/']").first.get_attribute("href") or ""
    inspector = arrive(visit, "inspector", screen, language)
    places = record_round(inspector, round_path)
    assert inspector.page.locator(f"main :text-is('{failed}')").count() > 0
    assert inspector.page.locator(f"main :text-is('{passed}')").count() > 0
    assert inspector.page.locator("main").get_by_text(f"{places} / {places}").count() > 0
    quality.open(plan)
    assert quality.page.locator(f"main a[href='{round_path}']").count() == 1
    quality.menu("/inspections/").follow(f"a[href='{BOARD}']")
    assert quality.page.locator(".board-lane").count() in {3, 4}
    assert quality.page.locator("#board-person").count() == 1


def plan_by_risk(quality: Visitor) -> str:
    """A plan over the buildings of one estate, by risk, drawn by acceptance sampling; the address of its page."""
    page = quality.open(f"{PLANS}new/").page
    page.locator("#id_name").fill("单元门厅风险抽检")
    page.locator("#id_office").select_option(label=page.locator("#id_office option", has_text="华东区域").first.inner_text())
    estate = page.locator("#id_estates option", has_text="翠湖").first.get_attribute("value") or ""
    page.locator("#id_estates").select_option(value=estate)
    for name, value in {
        "service_line": "cleaning",
        "frequency": "risk",
        "span": "week",
        "place_kind": "building",
        "sampling": "aql",
        "aql_major": "2.5",
    }.items():
        page.locator(f"#id_{name}").select_option(value=value)
    quality.submit(BUTTON)
    assert quality.path.startswith(f"{PLANS}PL-")
    return quality.path


def record_round(inspector: Visitor, task: str) -> int:
    """One check at each drawn place, the last one failed with a major fault, which ends the round; how many places."""
    page = inspector.open(f"{task}entry/").page
    places = [option.get_attribute("value") or "" for option in page.locator("#id_place option").all()]
    for number, place in enumerate(places, start=1):
        page = inspector.open(f"{task}entry/?place={place}").page
        name = (page.locator("input[name$='-verdict']").first.get_attribute("name") or "").removesuffix("-verdict")
        page.locator(f"input[name='{name}-verdict'][value='{0 if number == len(places) else 1}']").check()
        if number == len(places):
            page.locator(f"select[name='{name}-severity']").select_option(value="1")
            page.locator("#id_is_finished").check()
        inspector.submit(BUTTON)
        assert inspector.path == task
    return len(places)
