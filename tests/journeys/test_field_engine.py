"""The field app against the real server: what was captured without a line stands in the database, each thing once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys.ground import kept, made_task
from tests.journeys.installation import Installation
from tests.journeys.phone import Phone, in_hand, photo
from tests.journeys.sides import sides

ITEMS = 20
PLACES = 3
PHOTOS = 20


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    """Gone before the next database test, as it occupies the thread."""
    with sync_playwright() as found:
        yield found


def arrive(phone: Phone, task: str, tag: str) -> None:
    """By the code that stands below the picture."""
    phone.go("scan", "task", task)
    phone.page.locator("#typed-code").fill(tag)
    phone.page.locator(".typed button").click()
    phone.page.locator(".item").first.wait_for()


def answer(phone: Phone, photos: list[bytes]) -> None:
    """Every item of the place that is open; while there are photos, every second one fails with one."""
    cards = phone.page.locator(".item")
    for number in range(ITEMS):
        card = cards.nth(number)
        if card.locator(".value input").count():
            card.locator(".value input").fill("3,5")
            card.locator(".value input").blur()
        card.locator(".verdict.fail" if photos and number % 2 else ".verdict.pass").click()
        if photos and number % 2:
            phone.take_photo(card, photos.pop())


def finish(phone: Phone, task: str) -> None:
    phone.go("finish", task)
    pad = phone.page.locator(".signature canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    phone.page.mouse.move(box["x"] + 30, box["y"] + 60)
    phone.page.mouse.down()
    phone.page.mouse.move(box["x"] + 200, box["y"] + 30, steps=5)
    phone.page.mouse.up()
    phone.page.locator("button.action.main").click()
    phone.page.locator(".tabs").wait_for()


@pytest.mark.parametrize("language", sides("zh-hans", "en"))
def test_a_round_without_a_line_stands_in_the_database_once(
    playwright: Playwright, installation: Installation, address: str, tmp_path: Path, language: str
):
    ground = made_task(installation, ["inspector"], items=ITEMS, places=PLACES, more="signature_needed=True")
    task, photos = ground["task"], [photo(number) for number in range(PHOTOS)]
    phone = Phone(playwright, address, tmp_path / "memory")
    phone.context.add_init_script(f"localStorage.setItem('duban-field-language', '{language}')")
    phone.sign_in("inspector")
    phone.page.locator(f".card[href$='{task}']").wait_for()
    phone.context.close()

    phone.switch_on(offline=True)
    phone.page.goto("/field/")
    phone.page.locator(f".card[href$='{task}']").wait_for()
    arrive(phone, task, ground["places"][0])
    answer(phone, photos)
    arrive(phone, task, ground["places"][1])
    answer(phone, photos)
    phone.wait_for_unsent(2 * ITEMS + 2)
    phone.kill()

    phone.switch_on(offline=True)
    phone.page.goto("/field/")
    phone.page.locator(f".card[href$='{task}']").wait_for()
    phone.wait_for_unsent(2 * ITEMS + 2)
    arrive(phone, task, ground["places"][2])
    answer(phone, photos)
    finish(phone, task)
    assert photos == []
    assert kept(installation, task)["results"] == 0

    with in_hand(phone):
        phone.line(is_there=True)
        phone.wait_until_sent()
        first = kept(installation, task)
        phone.wait_until_sent()
        assert phone.problems == []
    assert first == kept(installation, task)
    assert (first["state"], first["signed"], first["unsettled"]) == ("done", True, 0)
    assert (first["results"], first["spots"]) == (PLACES * ITEMS, PLACES * ITEMS)
    assert (first["failed"], first["findings"], first["photos"], first["files"]) == (PHOTOS, PHOTOS, PHOTOS, PHOTOS)
    assert first["envelopes"] == PLACES * ITEMS + PLACES + 1


def test_of_two_phones_the_earlier_answer_counts_and_both_are_told(
    playwright: Playwright, installation: Installation, address: str, tmp_path: Path
):
    ground = made_task(installation, ["inspector", "inspector2"], items=2, places=1)
    task, place = ground["task"], ground["places"][0]
    early = Phone(playwright, address, tmp_path / "early").sign_in("inspector")
    late = Phone(playwright, address, tmp_path / "late").sign_in("inspector2")
    with in_hand(early), in_hand(late):
        for phone in (early, late):
            phone.page.locator(f".card[href$='{task}']").wait_for()
        early.line(is_there=False)
        arrive(early, task, place)
        early.page.locator(".item").first.locator(".verdict.pass").click()
        early.page.locator(".pill[data-unsent='2']").wait_for()
        arrive(late, task, place)
        late.page.locator(".item").first.locator(".verdict.fail").click()
        late.wait_until_sent()
        assert kept(installation, task)["verdicts"] == [0]
        early.line(is_there=True)
        early.wait_until_sent()
        found = kept(installation, task)
        assert (found["verdicts"], found["others"], found["unsettled"]) == ([1], [["inspector2", 0]], 0)
        late.wait_until_sent()
        late.go("place", task, place)
        late.page.locator(".item").first.locator(".wanting", has_text="另一意见").wait_for()
