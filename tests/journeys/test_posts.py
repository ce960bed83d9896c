"""Posts: the vendor makes its roster, its foreman checks in and walks a patrol, the buyer reads who covered what."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, ViewportSize, sync_playwright
from python_calamine import CalamineWorkbook

from tests.journeys.phone import Phone, in_hand
from tests.journeys.sides import arrive, sides
from tests.journeys.visitor import Visitor
from tests.platform.imports.files import write_xlsx

Visit = Callable[..., Visitor]
ROSTERS, LEDGER, ROUNDS = "/attendance/rosters/", "/attendance/ledger/", "/attendance/rounds/"
BUTTON = "form.form button[type=submit]"
NOBODY = "查无此人"
DOUBLE = {"en": "Double shift", "zh-hans": "连班"}
WIDTH = ViewportSize(width=390, height=844)
SHORT = 15_000


@pytest.mark.parametrize(("screen", "language"), sides(("desktop", "zh-hans"), ("phone", "en")))
def test_the_vendor_fills_its_roster_by_hand_and_by_sheet_and_swaps(visit: Visit, tmp_path: Path, screen: str, language: str):
    vendor = arrive(visit, "andun", screen, language)
    vendor.page.set_default_timeout(SHORT)
    draft = open_roster(vendor, "draft")
    fill_a_cell(vendor, draft)
    refuse_a_cell(vendor)
    bring_in(vendor, draft, tmp_path / "roster.xlsx")
    swap_two(vendor, open_roster(vendor, "published"))
    read_own_ledger(vendor)


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    """Gone before the next database test, as it occupies the thread."""
    with sync_playwright() as found:
        yield found


@pytest.mark.parametrize(
    ("language", "kept", "exception"),
    sides(("zh-hans", "回复已保存", "已接收，记为异常"), ("en", "Reply kept", "Taken as an exception")),
)
def test_a_foreman_checks_in_and_walks_a_patrol_without_a_line(
    playwright: Playwright, address: str, tmp_path: Path, language: str, kept: str, exception: str
):
    phone = Phone(playwright, address, tmp_path / "memory", screen=WIDTH)
    phone.context.add_init_script(f"localStorage.setItem('duban-field-language', '{language}')")
    phone.sign_in("captain")
    phone.page.set_default_timeout(SHORT)
    with in_hand(phone):
        phone.go("posts")
        phone.page.locator(".slot .punch").first.wait_for()
        pack: dict[str, Any] = phone.context.request.get("/api/v1/field/pack").json()
        phone.line(is_there=False)
        check_in(phone, pack, exception)
        patrol = under_way(pack)
        walk(phone, patrol)
        finding = next(one for one in pack["findings"] if one["waits_for"] == "vendor")
        reply(phone, finding["code"], kept)
        phone.wait_for_unsent(len(patrol["points"]) + 2)
        phone.line(is_there=True)
        phone.wait_until_sent()
        assert phone.page.locator(".entry.bad").count() == 0
        assert phone.problems == []


@pytest.mark.only_looks
@pytest.mark.parametrize(("screen", "language"), sides(("desktop", "en"), ("phone", "zh-hans")))
def test_the_quality_manager_opens_the_ledger_a_day_of_a_post_and_a_round(visit: Visit, screen: str, language: str):
    quality = arrive(visit, "quality", screen, language)
    quality.page.set_default_timeout(SHORT)
    quality.open(LEDGER)
    assert quality.page.locator(".tile").count() == len(("contracted", "rostered", "checked in", "insured", "paid"))
    quality.follow(quality.page.locator(f"main tbody a[href^='{LEDGER}exceptions/']", has_text=DOUBLE[language]))
    exception = quality.path
    quality.follow("a[href*='/attendance/ledger/posts/']")
    assert quality.page.locator(f"main a[href='{exception}']").count() == 1
    assert quality.page.locator("main tbody a[href^='/attendance/slots/']").count() > 0
    quality.open(ROUNDS).follow(f"main tbody a[href^='{ROUNDS}PR-']")
    points = quality.page.locator("tr[data-point]")
    assert points.count() > 1
    assert points.locator(".badge").count() == points.count()


def open_roster(vendor: Visitor, state: str) -> str:
    """The latest roster in this state, from the list; its address."""
    vendor.menu("/attendance/").follow(f"main a[href='{ROSTERS}']")
    vendor.open(f"{ROSTERS}?state={state}").follow(f"main tbody a[href^='{ROSTERS}RO-']")
    return vendor.path


def fill_a_cell(vendor: Visitor, draft: str) -> None:
    """Whoever stands there on Monday stands there on Sunday too; it is kept as soon as it is typed."""
    monday, *_others, sunday = first_row(vendor)
    assert monday != sunday
    type_in(vendor, monday)
    assert first_row(vendor.open(draft))[-1] == monday


def refuse_a_cell(vendor: Visitor) -> None:
    """A name that nobody bears is refused at its cell, in words, and changes nothing."""
    type_in(vendor, NOBODY)
    refusal = vendor.find("#roster-side [data-refused]").inner_text()
    assert NOBODY in refusal
    assert vendor.page.locator(".roster-grid tbody tr:first-child input").last.get_attribute("aria-invalid") == "true"
    vendor.problems.clear()  # the browser notes an answer 422 as an error of its own


def type_in(vendor: Visitor, text: str) -> None:
    """Into the last cell of the first row; waits for what the server says to it."""
    cell = vendor.page.locator(".roster-grid tbody tr:first-child input").last
    with vendor.page.expect_response(lambda answer: answer.url.endswith("/cells/")):
        cell.fill(text)
        cell.press("Enter")
    vendor.settle()


def first_row(vendor: Visitor) -> list[str]:
    """What stands in the first row of the grid."""
    cells = vendor.page.locator(".roster-grid tbody tr:first-child input")
    return [cells.nth(number).input_value() for number in range(cells.count())]


def bring_in(vendor: Visitor, draft: str, path: Path) -> None:
    """The vendor's own sheet comes back with a wrong name in one row, then with the right one."""
    post, day, _shift = (vendor.page.locator(".roster-grid input").first.get_attribute("name") or "").split(".")
    headings, row = sheet_row(vendor.download("a[download]"), post, date.fromisoformat(day))
    sound = [*row[:-1], row[-7]]
    upload(vendor, write_xlsx(path, headings, [[*row[:-1], NOBODY]]))
    problems = vendor.page.locator("#problems tbody tr").all_inner_texts()
    assert len(problems) == 1
    assert NOBODY in problems[0]
    assert headings[-1] in problems[0]
    assert vendor.page.locator("form[action$='/confirm/']").count() == 0
    vendor.open(draft)
    upload(vendor, write_xlsx(path, headings, [sound]))
    vendor.submit("form[action$='/confirm/'] button[type=submit]")
    vendor.page.wait_for_selector("#import-run progress", state="detached")
    assert first_row(vendor.open(draft)) == [str(cell) for cell in sound[-7:]]


def sheet_row(content: bytes, post: str, monday: date) -> tuple[list[str], list[Any]]:
    """The headings of a sheet of rosters, and the row of one post in one week."""
    headings, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    days = [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows]
    return [str(cell) for cell in headings], next(row for row in days if post in row and monday in row)


def upload(vendor: Visitor, path: Path) -> None:
    """From the page of the roster to the checked file."""
    vendor.follow("a[href$='?kind=rosters']")
    vendor.page.locator("main input[type=file]").set_input_files(path)
    vendor.submit("main form[enctype] button[type=submit]")
    vendor.page.wait_for_selector("#import-run progress", state="detached")
    vendor.inspect()


def swap_two(vendor: Visitor, roster: str) -> None:
    """Two people change places: proposed, shown, accepted."""
    vendor.follow("a[href$='/swap/'], form[action$='/swap/'] button")
    places = vendor.page.locator("#id_assignment option")
    first, last = places.first.get_attribute("value") or "", places.last.get_attribute("value") or ""
    vendor.page.locator("#id_assignment").select_option(first)
    vendor.page.locator("#id_other").select_option(last)
    vendor.page.locator("#id_reason").fill("家里有事，两人已商量好")
    vendor.submit(BUTTON)
    assert vendor.path == roster
    accept = "form[action*='/swaps/'][action$='/accept/'] button"
    vendor.submit(accept)
    assert vendor.page.locator(accept).count() == 0


def read_own_ledger(vendor: Visitor) -> None:
    """Own lines and no other's."""
    vendor.open(LEDGER)
    lines = vendor.page.locator("#id_line option").all_inner_texts()
    assert lines
    assert all("安盾保安" in line for line in lines)
    assert vendor.page.locator(".chart canvas").count() > 0
    assert vendor.page.locator("form[action*='/examine/']").count() == 0


def check_in(phone: Phone, pack: dict[str, Any], words: str) -> None:
    """At a gate the phone is far from, by the code typed from its label: it is told what follows from that."""
    posts = {post["code"]: post for post in pack["posts"] if post["fence"] == "exception"}
    slot = next(one for one in pack["slots"] if one["post"] in posts and one["day"] == pack["made_at"][:10])
    phone.go("scan", "punch", slot["post"], slot["day"], slot["shift"], "in")
    type_code(phone, posts[slot["post"]]["place"])
    phone.page.locator(".punch.made").wait_for()
    note = phone.page.locator(".fence.exception").inner_text()
    assert "60" in note
    assert words in note


def under_way(pack: dict[str, Any]) -> dict[str, Any]:
    """The patrol round that began last."""
    now = datetime.fromisoformat(pack["server_time"])
    begun = [one for one in pack["routes"] if datetime.fromisoformat(one["points"][0]["window_from"]) <= now]
    return max(begun, key=lambda one: datetime.fromisoformat(one["points"][0]["window_from"]))


def walk(phone: Phone, patrol: dict[str, Any]) -> None:
    """Every point of a round in its order."""
    for passed, point in enumerate(patrol["points"], start=1):
        phone.go("scan", "patrol", patrol["code"])
        type_code(phone, point["place"])
        phone.page.locator(".points li.made").nth(passed - 1).wait_for()


def type_code(phone: Phone, code: str) -> None:
    """What stands below the picture on the label."""
    phone.page.locator("#typed-code").fill(code)
    phone.page.locator(".typed button").click()


def reply(phone: Phone, finding: str, kept: str) -> None:
    """Cause and what was done, to a finding of the own posts."""
    phone.go("findings")
    phone.page.locator(f"a.card[href$='{finding}']").click()
    for number, text in enumerate(("交接时漏看", "已补训并逐班抽查")):
        phone.page.locator("label.field textarea").nth(number).fill(text)
    phone.page.locator("footer button.action.main").click()
    phone.page.get_by_text(kept).first.wait_for()
