"""Take the pictures of the README: a demo company of its own lives October 2026 up to an open appeal, and is photographed.

Run as `python -m tools.screenshots`, or `make screenshots`. Nothing of a demo that is in use is touched.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.installation import Installation, built_demo, copied, served
from tests.journeys.steps import (
    appeal_one_line_and_confirm_the_rest,
    close_the_month,
    compute_and_send,
    open_failed_check,
    publish,
    search,
)
from tests.journeys.visitor import Visitor
from tools.browser import ADVICE, chromium_path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "img"
VENDOR = "洁达环境"
COLOURS = 256
SHARPNESS = 2
LIMIT = 3_000_000
STILL = "() => document.fonts.ready"


@dataclass(frozen=True)
class Studio:
    """Where visitors come from, and the statement everybody looks at."""

    browser: Browser
    address: str

    def visitor(self, username: str, **how: Any) -> Visitor:
        """Somebody signed in."""
        return Visitor(self.browser, self.address, sharpness=SHARPNESS, **how).sign_in(username)


def main() -> int:
    """Build or reuse the demo, play the month, take the pictures; 1 if there is no browser or they became too large."""
    path = chromium_path()
    if path is None:
        sys.stderr.write(ADVICE)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    cache = ROOT / ".pytest_cache" / "d" / "duban"
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, copied(built_demo(cache, ""), Path(folder) / "data", "") as demo:
        _photograph(demo, path)
    size = sum(picture.stat().st_size for picture in PICTURES.glob("*.png"))
    sys.stdout.write(f"{size / 1e6:.2f} MB of pictures in docs/img\n")
    return 0 if size <= LIMIT else 1


def _photograph(demo: Installation, chromium: str) -> None:
    with served(demo) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        studio = Studio(browser, address)
        statement = _play(studio)
        for name, scene in SCENES.items():
            picture = scene(studio, statement)
            _save(picture.page.screenshot(), PICTURES / f"{name}.png")
            picture.close()
            sys.stdout.write(f"{name}\n")
        browser.close()


def _play(studio: Studio) -> str:
    quality = studio.visitor("quality")
    close_the_month(quality)
    publish(quality)
    statement = compute_and_send(studio.visitor("finance"), VENDOR)
    appeal_one_line_and_confirm_the_rest(studio.visitor("jieda"), statement)
    return statement


def _cockpit(studio: Studio, _statement: str) -> Visitor:
    return studio.visitor("quality")


def _dark_cockpit(studio: Studio, _statement: str) -> Visitor:
    visitor = studio.visitor("quality", theme="dark")
    return visitor.submit("button[name=language][value=en]")


def _card(studio: Studio, _statement: str) -> Visitor:
    visitor = studio.visitor("quality").menu("/scorecards/")
    search(visitor, VENDOR)
    return visitor.follow("main tbody a[href^='/scorecards/cards/']")


def _check(studio: Studio, statement: str) -> Visitor:
    visitor = _card(studio, statement)
    open_failed_check(visitor)
    visitor.find("a[data-photo] img").click()
    visitor.find("dialog[open] img")
    visitor.settle()
    return visitor


def _statement(studio: Studio, statement: str) -> Visitor:
    return studio.visitor("finance").open(f"/settlement/{statement}/")


def _phone(studio: Studio, _statement: str) -> Visitor:
    visitor = studio.visitor("jieda", screen="phone").menu("/scorecards/")
    return visitor.follow("main tbody a[href^='/scorecards/cards/']")


def _field_today(studio: Studio, _statement: str) -> Visitor:
    return _on_the_phone(studio, ".card[href*='task']")


def _field_round(studio: Studio, _statement: str) -> Visitor:
    visitor = _on_the_phone(studio, ".card[href*='task']")
    for step in (".card[href*='task']", "a[href*='place/']"):
        visitor.find(step).click()
    door = visitor.find(".door a, .door button")
    tag = visitor.page.url.rsplit("/", 1)[-1]
    door.click()
    visitor.find("#typed-code").fill(tag)
    visitor.find(".typed button").click()
    visitor.find(".item .verdict.pass").click()
    return visitor


def _on_the_phone(studio: Studio, sign: str) -> Visitor:
    visitor = studio.visitor("inspector", screen="phone")
    visitor.page.goto("/field/")
    visitor.find(sign)
    visitor.page.evaluate(STILL)
    return visitor


def _doubt(studio: Studio, _statement: str) -> Visitor:
    visitor = studio.visitor("quality").menu("/trust/")
    return visitor.follow("main tbody tr:first-child a[href^='/trust/']")


def _calibration(studio: Studio, _statement: str) -> Visitor:
    return studio.visitor("quality").open("/inspections/calibration/")


SCENES: dict[str, Callable[[Studio, str], Visitor]] = {
    "cockpit": _cockpit,
    "card": _card,
    "check": _check,
    "statement": _statement,
    "phone": _phone,
    "dark": _dark_cockpit,
    "field-today": _field_today,
    "field-round": _field_round,
    "doubt": _doubt,
    "calibration": _calibration,
}


def _save(shot: bytes, path: Path) -> None:
    picture = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
