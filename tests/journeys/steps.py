"""What people do in a month, click by click; the journeys and the pictures of the README are made of these."""

import re
from io import BytesIO
from typing import Any

from PIL import Image
from python_calamine import CalamineWorkbook

from tests.journeys.visitor import Visitor

MONTH = "2026-10"
JPEG = b"\xff\xd8\xff"
LOADED = "image => image.complete && image.naturalWidth > 0"


def close_the_month(quality: Visitor) -> None:
    quality.menu("/scorecards/").follow(".tabs a[href='/scorecards/periods/']").follow(
        f"a[href='/scorecards/periods/{MONTH}/']"
    )
    quality.submit("form[action$='/close/'] button")
    assert quality.page.locator(".tile-value").first.inner_text() == "60 / 60"
    quality.menu("/")
    assert quality.page.locator("#cockpit-month").input_value() == MONTH


def walk_to_the_photo_and_back(quality: Visitor) -> None:
    quality.follow("main tbody a[href^='/scorecards/cards/']")
    quality.menu("/scorecards/")
    search(quality, "洁达环境")
    quality.follow("tbody tr:first-of-type a[href^='/scorecards/cards/']")
    card = quality.path
    open_failed_check(quality)
    photo = quality.find("a[data-photo] img")
    assert photo.evaluate(LOADED)
    photo.click()
    large = quality.find("dialog[open] img")
    quality.settle()
    assert large.evaluate(LOADED)
    quality.page.keyboard.press("Escape")
    quality.follow(".chain a[href^='/scorecards/cards/']")
    assert quality.path == card


def open_failed_check(reader: Visitor) -> None:
    worst = reader.page.locator("tr.is-warning + tr.evidence-row")
    worst.locator(".evidence").wait_for()
    reader.follow(worst.locator("a[href^='/inspections/results/CR-']:not([data-photo])"))


def search(visitor: Visitor, text: str) -> None:
    with visitor.page.expect_response(lambda response: "q=" in response.url and response.ok):
        visitor.find("main input[type=search]").fill(text)
    visitor.inspect()


def publish(quality: Visitor) -> None:
    quality.open(f"/scorecards/periods/{MONTH}/").submit("form[action$='/publish/'] button")
    assert quality.page.locator("form[action$='/publish/']").count() == 0


def compute_and_send(finance: Visitor, vendor: str) -> str:
    finance.menu("/settlement/").follow("a[href='/settlement/build/']")
    finance.page.locator("[name=period]").fill(MONTH)
    finance.submit("main form[method=post] button[type=submit]")
    finance.follow("main a.btn[href^='/settlement/?period=']")
    finance.page.locator("tbody tr", has_text=vendor).first.locator("a[href^='/settlement/ST-']").first.wait_for()
    finance.follow(finance.page.locator("tbody tr", has_text=vendor).first.locator("a[href^='/settlement/ST-']"))
    code = finance.path.strip("/").rpartition("/")[2]
    read_papers(finance, code)
    finance.submit(f"form[action='/settlement/{code}/move/send/'] button")
    return code


def read_papers(finance: Visitor, code: str) -> None:
    payable = finance.find("tr.is-total td.num").inner_text().replace(",", "").strip()
    pdf = finance.download(f"a[href='/settlement/{code}/statement.pdf']")
    assert pdf.startswith(b"%PDF-")
    assert b"/Page" in pdf or len(pdf) > 10_000
    workbook = CalamineWorkbook.from_filelike(BytesIO(finance.download(f"a[href='/settlement/{code}/statement.xlsx']")))
    cells = [value for name in workbook.sheet_names for row in workbook.get_sheet_by_name(name).to_python() for value in row]
    assert float(payable) in cells


def appeal_one_line_and_confirm_the_rest(vendor: Visitor, code: str) -> None:
    vendor.menu("/settlement/").follow(f"a[href='/settlement/{code}/']")
    vendor.follow("tr:has(.text-bad) a[href$='/appeal/']")
    vendor.page.locator("[name=reason]").fill("11 栋电梯大修，18 层以上停运 6 天，请核减。")
    vendor.page.locator("input[type=file]").first.set_input_files(proof())
    vendor.submit("main form[method=post] button[type=submit].btn-primary")
    assert vendor.page.locator("tr.is-warning").count() == 1
    vendor.submit("#lines form[action$='/confirm/'] button")
    vendor.submit(f"form[action='/settlement/{code}/move/confirm/'] button")
    assert vendor.page.locator("#lines form[action$='/confirm/']").count() == 0


def uphold_statement_appeal(reviewer: Visitor, code: str) -> str:
    reviewer.menu("/settlement/").open(f"/settlement/{code}/").follow("a[href^='/settlement/appeals/']")
    uphold(reviewer)
    revised = reviewer.path.strip("/").rpartition("/")[2]
    assert revised != code
    return revised


def money_of(finance: Visitor, code: str) -> float:
    finance.open(f"/settlement/{code}/")
    return float(finance.find("tr.is-total td.num").inner_text().replace(",", ""))


def appeal_card(vendor: Visitor) -> str:
    vendor.menu("/scorecards/")
    vendor.follow(vendor.page.locator("tbody tr", has_text=MONTH).first.locator("a[href^='/scorecards/cards/']"))
    card = vendor.path.strip("/").rpartition("/")[2]
    vendor.follow(f"a[href='/scorecards/cards/{card}/appeal/']")
    vendor.find("input[name=points]").check()
    vendor.page.locator("[name=ground]").fill("当晚该岗有人，考勤机离线，附纸质签到表。")
    vendor.page.locator("input[type=file]").first.set_input_files(proof())
    vendor.submit("main form[method=post] button[type=submit].btn-primary")
    assert vendor.page.locator("a[href^='/scorecards/appeals/']").count() > 0
    return card


def uphold_card_appeal(reviewer: Visitor, card: str) -> str:
    reviewer.menu("/scorecards/").follow(".tabs a[href='/scorecards/appeals/']")
    reviewer.follow("main tbody a[href^='/scorecards/appeals/']")
    assert reviewer.fetch("main a[href^='/files/']").startswith(JPEG)
    uphold(reviewer)
    reviewer.open(f"/scorecards/cards/{card}/")
    reviewer.follow(f"main a[href^='/scorecards/cards/SC-']:not([href*='{card}'])")
    return reviewer.path.strip("/").rpartition("/")[2]


def uphold(reviewer: Visitor) -> None:
    reviewer.page.locator("input[name=decision][value=uphold]").check()
    reviewer.page.locator("[name=note]").fill("经核实属实，予以核减。")
    reviewer.submit("main form[method=post] button[type=submit].btn-primary")


def score_of(reader: Visitor, card: str) -> float:
    reader.open(f"/scorecards/cards/{card}/")
    return float(re.sub(r"[^\d.]", "", reader.find(".figure-value").inner_text()))


def see_it_in_the_trail(quality: Visitor, *codes: str) -> None:
    quality.menu("/settings/").follow("a[href='/settings/audit/']")
    for code in codes:
        quality.open(f"/settings/audit/?q={code}")
        quality.find(quality.page.locator("main tbody tr", has_text=code))


def proof() -> Any:
    """A small photograph to attach."""
    stream = BytesIO()
    Image.new("RGB", (320, 240), "#446688").save(stream, "JPEG")
    return {"name": "签到表.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}
