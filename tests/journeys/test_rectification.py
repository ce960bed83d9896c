"""From a failed item over notice, answer and re-check by another until it is closed; what climbs; many at once."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.journeys.installation import Installation
from tests.journeys.sides import arrive, sides
from tests.journeys.steps import proof
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
FINDINGS, BOARD, NOTICES = "/inspections/findings/", "/inspections/findings/board/", "/inspections/notices/"
FAULT = "消火栓箱玻璃破损"
BUTTON = "form.form button[type=submit]"
SIDES = sides(("desktop", "zh-hans"), ("phone", "en"))
WORDS = {
    "zh-hans": {
        "sent": "已发出，待回复",
        "settled": "已销项",
        "closed": "已销项",
        "reopened": "重新打开",
        "thanks": "已回复，谢谢。",
    },
    "en": {
        "sent": "Sent, to be answered",
        "settled": "Put right and closed",
        "closed": "Re-checked and closed",
        "reopened": "Reopened",
    },
}


@pytest.mark.parametrize(("screen", "language"), SIDES)
def test_a_failed_item_is_answered_in_the_portal_and_closed_by_another(visit: Visit, screen: str, language: str):
    inspector = arrive(visit, "inspector", screen, language)
    finding = fail_an_item(inspector)
    quality = arrive(visit, "quality", screen, language)
    notice = issue_notice(quality)
    assert quality.download(f"a[href='{notice}pdf/']").startswith(b"%PDF-")
    foreman = arrive(visit, "foreman", screen, language)
    foreman.open(notice).follow(f"main a[href='{finding}']")
    answer(foreman, "form[action$='/answer/']", "#id_cause", "#id_action")
    assert inspector.open(finding).page.locator("form[action$='/re-check/']").count() == 0
    estate = arrive(visit, "estate", screen, language)
    re_check(estate, finding, accepted=True)
    move_the_slider(estate)
    assert badge(quality.open(notice)) == WORDS[language]["settled"]


def test_what_a_re_check_refuses_is_reopened_and_climbs(visit: Visit, installation: Installation):
    finding = fail_an_item(arrive(visit, "inspector", "desktop", "zh-hans"))
    notice = issue_notice(arrive(visit, "quality", "desktop", "zh-hans"))
    vendor = arrive(visit, "jieda", "phone", "zh-hans")
    estate = arrive(visit, "estate", "desktop", "zh-hans")
    for _ in range(2):
        vendor.open(finding)
        answer(vendor, "form[action$='/answer/']", "#id_cause", "#id_action")
        re_check(estate, finding, accepted=False)
        assert badge(estate) == WORDS["zh-hans"]["reopened"]
    assert badge(estate.open(notice)) == WORDS["zh-hans"]["sent"]
    let_the_clock_escalate(installation)
    assert "已升级至" in vendor.open(finding).page.inner_text("main")


@pytest.mark.parametrize(("screen", "language"), SIDES)
def test_many_findings_are_handled_at_once_and_seen_by_state_and_place(visit: Visit, screen: str, language: str):
    quality = arrive(visit, "quality", screen, language)
    quality.menu("/inspections/").follow(f"a[href='{BOARD}']")
    assert quality.page.locator(".board-lane").count() == 4
    estate = quality.page.locator("#board-estate option", has_text="翠湖").get_attribute("value") or ""
    with quality.page.expect_navigation():
        quality.page.locator("#board-estate").select_option(estate)
    quality.inspect()
    cards = quality.page.locator(".board-card")
    assert cards.count() == cards.filter(has_text="翠湖").count() > 0
    many = f"{FINDINGS}?state=open&estate={estate}"
    chosen = choose(quality.open(many), 2, "extend")
    quality.page.locator("#id_until").fill("2099-12-31T18:00")
    quality.page.locator("#id_reason").fill("等待备件到货")
    quality.submit(BUTTON)
    assert "2099-12-31" in quality.open(f"{FINDINGS}{chosen[0]}/").page.inner_text("main")
    assert choose(quality.open(many), 2, "assign")
    owner = quality.page.locator("#id_owner option").nth(1)
    name = owner.inner_text()
    quality.page.locator("#id_owner").select_option(label=name)
    quality.submit(BUTTON)
    closing = choose(quality.open(f"{FINDINGS}?state=rectified&estate={estate}"), 2, "close")
    quality.submit(BUTTON)
    assert {badge(quality.open(f"{FINDINGS}{code}/")) for code in closing} == {WORDS[language]["closed"]}
    quality.open("/inspections/plan/").follow("nav a:has-text('翠湖')")
    assert quality.page.locator(".chart canvas").count() == 1
    quality.follow("main tbody a[href^='/inspections/findings/FD-']")


def fail_an_item(inspector: Visitor) -> str:
    """One visit with one failed item and its photo; the address of the finding it opened."""
    page = inspector.open("/inspections/visits/new/").page
    line = page.locator("#id_line option", has_text="翠湖").filter(has_text="洁达环境").first
    page.locator("#id_line").select_option(value=line.get_attribute("value") or "")
    page.locator("#id_day").fill("2026-10-30")
    inspector.submit(BUTTON)
    item = page.locator("fieldset.card").first
    item.locator("input[type=radio][value='0']").check()
    item.locator("[name$='-severity']").select_option(value="1")
    item.locator("[name$='-note']").fill(FAULT)
    item.locator("input[type=file]").set_input_files(proof())
    inspector.submit(BUTTON)
    return inspector.page.locator("main tbody a[href^='/inspections/findings/FD-']").get_attribute("href") or ""


def issue_notice(quality: Visitor) -> str:
    """A notice over the finding, chosen in the list; the address of its page, which is open then."""
    choose(quality.open(f"{FINDINGS}?q={FAULT}"), 1, "notice")
    quality.page.locator("#id_text").fill("请立即更换，并回复照片。")
    quality.submit(BUTTON)
    quality.open(NOTICES).follow(f"main tbody a[href^='{NOTICES}RN-']")
    return quality.path


def choose(quality: Visitor, count: int, action: str) -> list[str]:
    """Choose the first rows of the list and begin a bulk action; the codes of the findings."""
    boxes = quality.page.locator("main tbody input[name=selected]")
    codes = [boxes.nth(number).get_attribute("value") or "" for number in range(count)]
    for number in range(count):
        boxes.nth(number).check()
    quality.submit(f"[data-bulk-bar] button[formaction$='/bulk/{action}/']")
    return codes


def answer(vendor: Visitor, form: str, cause: str, action: str) -> None:
    """Say why it happened and what was done, with a picture."""
    vendor.page.locator(cause).fill("搬运时撞坏")
    vendor.page.locator(action).fill("已更换玻璃并加防撞条")
    vendor.page.locator(f"{form} input[type=file]").set_input_files(proof())
    vendor.submit(f"{form} button[type=submit]")


def re_check(checker: Visitor, finding: str, *, accepted: bool) -> None:
    """Look again, with a picture."""
    checker.open(finding)
    form = "form[action$='/re-check/']"
    checker.page.locator(f"{form} input[name=is_accepted][value='{int(accepted)}']").check()
    checker.page.locator(f"{form} [name=note]").fill("" if accepted else "仍有裂纹")
    checker.page.locator(f"{form} input[type=file]").set_input_files(proof())
    checker.submit(f"{form} button[type=submit]")


def move_the_slider(reader: Visitor) -> None:
    """The picture after covers what the slider says, by the keyboard too."""
    cover, slider = reader.find("[data-compare-after]"), reader.find("[data-compare] input[type=range]")
    before = cover.evaluate("image => image.style.clipPath")
    slider.press("ArrowRight")
    assert cover.evaluate("image => image.style.clipPath") != before


def badge(reader: Visitor) -> str:
    """The state in the head of the page."""
    return reader.find("h1 .badge").inner_text().strip()


def let_the_clock_escalate(installation: Installation) -> None:
    """Run the job that runs every half hour."""
    code = "from duban.inspections.services import findings_escalate; findings_escalate()"
    command = [sys.executable, "-m", "duban", "django", "shell", "-c", code]
    subprocess.run(command, env=installation.environment, check=True, capture_output=True)
