"""A phone in somebody's hand: a browser with a profile of its own on the disk, that can lose its line and be killed."""

import io
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import segno
from PIL import Image
from playwright.sync_api import BrowserContext, Geolocation, Locator, Page, Playwright, ViewportSize

from duban.project.demo.company import PASSWORD
from tools.browser import chromium_path

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
SCREEN = ViewportSize(width=360, height=780)
HERE = Geolocation(latitude=31.23041, longitude=121.47368, accuracy=9)
SIDE = 480
BORDER = 4


@dataclass
class Phone:
    """`folder` is the phone's memory: what is not in there is lost when the browser dies."""

    playwright: Playwright
    address: str
    folder: Path
    language: str = "zh-CN"
    theme: str = "light"
    seen: Path | None = None
    screen: ViewportSize = field(default_factory=lambda: SCREEN)
    problems: list[str] = field(default_factory=list)
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.switch_on()

    def switch_on(self, *, offline: bool = False) -> None:
        """Start the browser on what its memory holds."""
        options: dict[str, Any] = {"is_mobile": True, "has_touch": True, "viewport": self.screen}
        view = [f"--use-file-for-fake-video-capture={self.seen}"] if self.seen else []
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium_path(),
            args=[*FLAGS, *view],
            base_url=self.address,
            locale=self.language,
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if self.theme == "dark" else "light",
            geolocation=HERE,
            permissions=["geolocation", "camera"],
            offline=offline,
            **options,
        )
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type == "warning" else None)

    def kill(self) -> None:
        """The battery is empty: no browser process gets a chance to write anything."""
        mine = f"--user-data-dir={self.folder}".encode()
        found = [int(path.name) for path in Path("/proc").glob("[0-9]*") if mine in _command_line(path)]
        assert found, "no browser process found"
        with self.context.expect_event("close"):
            for pid in found:
                os.kill(pid, signal.SIGKILL)

    def sign_in(self, username: str) -> "Phone":
        """Once, with a line; then the app is on the phone."""
        self.page.goto("/accounts/login/?next=/field/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.locator("form[action$='/login/'] button[type=submit].btn-primary").click()
        self.page.wait_for_url("**/field/")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        return self

    def line(self, *, is_there: bool) -> None:
        """With or without a connection."""
        self.context.set_offline(not is_there)

    def go(self, *where: str) -> None:
        """To a screen of the app."""
        self.page.evaluate("where => { location.hash = '#/' + where.map(encodeURIComponent).join('/') }", list(where))

    def item(self, key: str) -> Locator:
        """The card of one item at the place that is open."""
        return self.page.locator(f"#item-{key}")

    def take_photo(self, card: Locator, content: bytes) -> None:
        """As the camera would hand it over; waits until the small copy is shown."""
        photos = card.locator("button.photo")
        before = photos.count()
        card.locator("input[capture]").set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content})
        photos.nth(before).wait_for()

    def wait_for_unsent(self, count: int) -> None:
        """Until so much is kept and waits: what was tapped last is written a moment after the tap."""
        self.page.locator(f".pill[data-unsent='{count}']").wait_for()

    def wait_until_sent(self) -> None:
        """Ask for a round with the server and wait until nothing is left."""
        self.go("outbox")
        self.page.locator("button.wide").first.click()
        self.page.locator(".pill[data-unsent='0']").wait_for(timeout=60_000)


@contextmanager
def in_hand(phone: Phone) -> Iterator[Phone]:
    """Put it away at the end, whatever happened."""
    try:
        yield phone
    finally:
        phone.context.close()


def photo(number: int) -> bytes:
    """A small JPEG that no other number gives."""
    picture = Image.effect_noise((320, 240), 20 + number).convert("RGB")
    picture.paste((number * 11 % 256, number * 53 % 256, 90), (0, 0, 60, 60))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def film_of_code(path: Path, text: str) -> Path:
    """A film in which somebody holds the camera still over a printed code."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(buffer, kind="png", scale=8, border=BORDER)
    code = Image.open(buffer).convert("L")
    frame = Image.new("L", (SIDE, SIDE), 200)
    frame.paste(code, ((SIDE - code.width) // 2, (SIDE - code.height) // 2))
    planes = frame.tobytes() + bytes([128]) * (SIDE * SIDE // 2)
    path.write_bytes(f"YUV4MPEG2 W{SIDE} H{SIDE} F10:1 Ip A1:1 C420jpeg\n".encode() + (b"FRAME\n" + planes) * 5)
    return path


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""
