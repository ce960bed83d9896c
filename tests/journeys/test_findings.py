"""A finding from the vendor's answer to the re-check: in the portal, and through a link without an account."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.phone import photo
from tests.journeys.sides import arrive, sides
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
NOTICE = "/inspections/notices/RN-2026-0001/"
UNTOUCHED = "/inspections/notices/RN-2026-0002/"
OWED = "td:last-child .badge-bad, td:last-child .badge-warning"
BUTTON = "form.form button[type=submit]"


def answer(visitor: Visitor, finding: str, picture: Path) -> Visitor:
    """Cause, action and a photo after."""
    form = f"form[action='{finding}answer/']"
    visitor.open(finding).find(f"{form} #id_cause").fill("班组换人，交接遗漏")
    visitor.page.locator(f"{form} #id_action").fill("已清理并重新交接")
    visitor.page.locator(f"{form} input[type=file]").set_input_files(picture)
    return visitor.submit(f"{form} button[type=submit]")


def look_again(visitor: Visitor, finding: str, *, gone: bool, note: str = "") -> Visitor:
    """The re-check: the fault is gone, or not."""
    form = f"form[action='{finding}re-check/']"
    visitor.open(finding).find(f"{form} input[name=is_accepted][value='{int(gone)}']").check()
    visitor.page.locator(f"{form} #id_note").fill(note)
    return visitor.submit(f"{form} button[type=submit]")


@pytest.mark.parametrize(("screen", "language"), sides(("desktop", "zh-hans"), ("phone", "en")))
def test_an_answer_is_sent_back_once_and_then_closes_the_finding(visit: Visit, tmp_path: Path, screen: str, language: str):
    picture = tmp_path / "after.jpg"
    picture.write_bytes(photo(1))
    vendor = arrive(visit, "jieda", screen, language).open(NOTICE)
    rows = vendor.page.locator(f"main tbody tr:has({OWED}) td:first-child a")
    finding = rows.first.get_attribute("href") or ""
    answer(vendor, finding, picture)
    assert vendor.page.locator("form[action$='/answer/']").count() == 0
    estate = arrive(visit, "estate", screen, language)
    look_again(estate, finding, gone=False, note="墙角仍有积灰")
    answer(vendor, finding, picture)
    look_again(estate, finding, gone=True)
    assert estate.page.locator("[data-compare] input[type=range]").count() == 1
    assert estate.page.locator("form[action$='/re-check/']").count() == 0
    assert estate.page.locator("main dl dd:has-text('已清理并重新交接')").count() == 2
    vendor.open(finding)
    assert vendor.page.locator("form[action$='/answer/']").count() == 0


@pytest.mark.parametrize("language", sides("zh-CN", "en-GB"))
def test_a_link_opens_one_notice_without_an_account_until_it_is_revoked(
    visit: Visit, browser: Browser, address: str, language: str
):
    quality = visit("quality").open(UNTOUCHED)
    quality.page.locator("#id_recipient").fill("赵班长 138****0000")
    quality.submit("form[action$='/link/'] button[type=submit]")
    link = quality.find("#links code").inner_text().strip()
    outside = Visitor(browser, address, screen="phone", language=language).open(link)
    form = outside.find("article form")
    finding = outside.page.locator("article:has(form)").first.get_attribute("id") or ""
    form.locator("textarea[name=cause]").fill("夜班漏签")
    form.locator("textarea[name=action]").fill("补训并双人签字")
    outside.submit(form.locator("button[type=submit]"))
    assert outside.page.locator(f"#{finding} form").count() == 0
    quality.open(f"/inspections/findings/{finding}/")
    assert quality.page.locator("main dd:has-text('补训并双人签字')").count() == 1
    quality.open(UNTOUCHED).submit("#links form[action$='/revoke/'] button")
    outside.see_nothing(link)
    outside.close()


def test_many_findings_get_an_owner_and_a_notice_at_once(visit: Visit):
    quality = visit("quality").open("/inspections/findings/?state=open")
    for box in quality.page.locator("main tbody input[name=selected]").all()[:2]:
        box.check()
    quality.submit("button[formaction*='/bulk/extend/'], button[formaction*='extend']")
    assert quality.path.endswith("/bulk/extend/")
    assert quality.page.locator("main tbody tr, main li").count() >= 2
