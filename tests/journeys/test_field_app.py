"""The field app on a phone: a whole round without a line, an empty battery in the middle, two rounds with the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys.inbox import ITEMS, PLACES, TASK, Inbox, pack_of_a_round
from tests.journeys.phone import Phone, film_of_code, in_hand, photo
from tests.journeys.sides import sides
from tests.journeys.visitor import AXE, AXE_RUN

PHOTOS = 20
SCREENS = (("today",), ("task", TASK), ("place", TASK, PLACES[0]), ("finish", TASK), ("posts",), ("patrol", "RT-1"))
MORE_SCREENS = (("findings",), ("finding", "FD-1"), ("outbox",), ("here", PLACES[0]), ("praise", TASK, PLACES[0]), ("scan",))
SMALL = """() => [...document.querySelectorAll('button, a, label.photo, summary')].filter(part => part.offsetParent)
    .map(part => [part.textContent.trim(), part.getBoundingClientRect()])
    .filter(([, box]) => box.height < 55.5 || box.width < 55.5).map(([text, box]) => `${text} ${box.width}×${box.height}`)"""


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    """Gone before the next database test, as it occupies the thread."""
    with sync_playwright() as found:
        yield found


def answer(phone: Phone, place: str, photos: list[bytes]) -> None:
    """Every item of one place: as many failed, with a photo each, as there are photos; the others pass.

    Behind it, and behind each place before, stand its answers and its check-in.
    """
    for number in range(ITEMS):
        card = phone.item(f"K{number}")
        if photos and number % 2:
            card.locator(".verdict.fail").click()
            phone.take_photo(card, photos.pop())
        else:
            card.locator(".verdict.pass").click()
    phone.wait_for_unsent((PLACES.index(place) + 1) * (ITEMS + 1))


def check_in_by_position(phone: Phone, place: str) -> None:
    phone.go("place", TASK, place)
    phone.page.locator(".door button:not([disabled])").click()
    phone.item("K0").wait_for()


def sign(phone: Phone) -> None:
    pad = phone.page.locator(".signature canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    phone.page.mouse.move(box["x"] + 30, box["y"] + 60)
    phone.page.mouse.down()
    phone.page.mouse.move(box["x"] + 200, box["y"] + 30, steps=5)
    phone.page.mouse.up()


def test_round_without_a_line_survives_an_empty_battery(playwright: Playwright, address: str, tmp_path: Path):
    inbox = Inbox("inspector", pack_of_a_round())
    photos = [photo(number) for number in range(PHOTOS)]
    film = film_of_code(tmp_path / "code.y4m", f"https://duban.example/p/{PLACES[0]}")
    phone = Phone(playwright, address, tmp_path / "memory", seen=film)
    inbox.connect(phone.context)
    phone.sign_in("inspector")
    phone.page.locator(".card").first.wait_for()
    phone.context.close()

    phone.switch_on(offline=True)
    phone.page.goto("/field/")
    phone.page.locator(".card", has_text="保洁日检").click()
    phone.page.locator("a.action.main").click()
    phone.item("K0").wait_for()
    answer(phone, PLACES[0], photos)
    check_in_by_position(phone, PLACES[1])
    answer(phone, PLACES[1], photos)
    phone.kill()

    phone.switch_on(offline=True)
    phone.page.goto("/field/")
    phone.page.locator(".card").first.wait_for()
    phone.wait_for_unsent(2 * ITEMS + 2)
    check_in_by_position(phone, PLACES[2])
    answer(phone, PLACES[2], photos)
    phone.go("finish", TASK)
    sign(phone)
    phone.page.locator("button.action.main").click()
    phone.page.locator(".group", has_text="本机已完成").wait_for()
    assert photos == []
    assert inbox.envelopes == {}

    with in_hand(phone):
        inbox.connect(phone.context)
        phone.line(is_there=True)
        phone.wait_until_sent()
        first = dict(inbox.envelopes)
        phone.wait_until_sent()
        assert inbox.envelopes == first
        assert phone.problems == []
    kinds = sorted(item["kind"] for item in first.values())
    assert kinds == ["inspections.answer"] * 3 * ITEMS + ["inspections.checkin"] * 3 + ["inspections.finish"]
    spots = {(item["place"], item["item"]) for item in inbox.standing}
    assert len(spots) == len(inbox.standing) == 3 * ITEMS
    named = [taken["sha256"] for item in inbox.standing for taken in item["photos"]]
    assert len(named) == len(set(named)) == PHOTOS
    assert len(inbox.whole) == PHOTOS + 1, "every photo and the signature"
    methods = [item["payload"]["method"] for item in first.values() if item["kind"] == "inspections.checkin"]
    assert sorted(methods) == ["position", "position", "qr"]


def test_what_the_server_sends_back_stays_in_sight(playwright: Playwright, address: str, tmp_path: Path):
    inbox = Inbox("inspector", pack_of_a_round(), refuse=frozenset({"K1"}))
    with in_hand(Phone(playwright, address, tmp_path / "memory")) as phone:
        inbox.connect(phone.context)
        phone.sign_in("inspector")
        phone.page.locator(".card").first.wait_for()
        check_in_by_position(phone, PLACES[0])
        phone.item("K0").locator(".verdict.fail").click()
        phone.page.locator("footer button.quiet").click()
        phone.item("K0").locator(".verdict[aria-pressed=true]").wait_for(state="detached")
        phone.item("K1").locator(".verdict.pass").click()
        phone.wait_until_sent()
        phone.page.locator(".entry.bad", has_text="合同已终止").wait_for()
        assert [item["item"] for item in inbox.standing] == ["K1"], "what was undone in time was never sent"
        phone.page.reload()
        phone.page.locator(".pill.bad").wait_for()


@pytest.mark.only_looks
@pytest.mark.parametrize(("language", "theme"), sides(("zh-hans", "light"), ("en", "dark")))
def test_every_screen_fits_a_small_phone(playwright: Playwright, address: str, tmp_path: Path, language: str, theme: str):
    inbox = Inbox("inspector", pack_of_a_round())
    with in_hand(Phone(playwright, address, tmp_path / "memory", theme=theme)) as phone:
        phone.context.add_init_script(f"localStorage.setItem('duban-field-language', '{language}')")
        inbox.connect(phone.context)
        phone.sign_in("inspector")
        phone.page.locator(".card").first.wait_for()
        check_in_by_position(phone, PLACES[0])
        phone.item("K1").locator(".verdict.fail").click()
        phone.take_photo(phone.item("K1"), photo(1))
        for where in (*SCREENS, *MORE_SCREENS):
            phone.go(*where)
            phone.page.locator("main").wait_for()
            phone.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where
            assert phone.page.evaluate(SMALL) == [], where
            phone.page.evaluate(AXE.read_text(encoding="utf-8"))
            assert phone.page.evaluate(AXE_RUN) == [], where
