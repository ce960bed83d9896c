"""Comparing inspectors: from what stands out to the checks behind it; a visit checked again, blind."""

from collections.abc import Callable

import pytest

from tests.journeys.sides import arrive, sides
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
VENDOR, INSPECTOR = "绿野园林", "钱丽"
TASKS = "/inspections/reinspections/"
SIDES = sides(("desktop", "zh-hans"), ("phone", "en"))
ENOUGH = 40
"""Chance shares the visits out among four inspectors by keys that each database numbers its own way; of forty each has some."""


@pytest.mark.parametrize(("screen", "language"), SIDES)
def test_a_quality_manager_walks_from_what_stands_out_to_its_checks(visit: Visit, screen: str, language: str):
    quality = arrive(visit, "quality", screen, language)
    quality.menu("/inspections/").follow("a[href='/inspections/calibration/']")
    reading = quality.find(f"li a:has-text('{VENDOR}')")
    assert INSPECTOR in reading.inner_text()
    quality.follow(reading)
    person = quality.path
    quality.follow(f"tr:has-text('{VENDOR}') a[href*='vendor=']")
    quality.follow("main tbody a[href^='/inspections/results/CR-']")
    quality.open(person).follow("a[href*='line='][href*='day_from=']")
    assert quality.page.locator("main tbody tr").count() > 0
    quality.open(person).follow("a[href$='/visits/']")
    quality.open(person).follow(f"#twice a[href^='{TASKS}RI-']")
    assert quality.page.locator("tr.is-warning, main tbody tr").count() > 0


@pytest.mark.parametrize(("screen", "language"), SIDES)
def test_a_visit_is_drawn_and_checked_again_blind(visit: Visit, screen: str, language: str):
    quality = arrive(visit, "quality", "desktop", language)
    quality.open(TASKS).follow("main a[href$='/draw/'], form[action$='/draw/'] button")
    for name, value in {
        "start": "2026-10-01",
        "end": "2026-10-31",
        "count": str(ENOUGH),
        "due_on": "2026-12-11",
        "seed": "6-28-41",
    }.items():
        quality.page.locator(f"#id_{name}").fill(value)
    quality.submit("form.form button[type=submit]")
    assert quality.path == TASKS
    second = arrive(visit, "inspector", screen, language)
    second.open(f"{TASKS}?state=open").follow(f"main tbody a[href^='{TASKS}RI-']")
    second.page.locator("fieldset.card input[type=radio][value='1']").evaluate_all("boxes => boxes.forEach(box => box.click())")
    second.submit("form.form button[type=submit]")
    assert second.page.locator("fieldset.card").count() == 0
    assert second.page.locator("main tbody tr").count() > 0
