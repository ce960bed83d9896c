"""Somebody at a browser who looks at every page twice: once to do the work, once for what is wrong with it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, Page, Request, Response
from playwright.sync_api import TimeoutError as PatienceExhausted

from duban.project.demo.company import PASSWORD

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
    rule => `${rule.id} (${rule.impact}): ${rule.help}; ${rule.nodes.slice(0, 3).map(node => node.html).join(" | ")}`))"""
STRUCTURE = """() => {
    const kind = part => [part.tagName, part.className, part.getAttribute('type'), part.getAttribute('role')].join('.');
    const place = part => [part.parentElement.parentElement ?? part, part.parentElement, part].map(kind).join('>');
    return [...new Set([...document.querySelectorAll('body *')].map(place))].sort().join();
}"""
"""What kinds of element stand in what kinds of place: one row of a list or fifty make no difference to a screen reader."""
SCREENS = {"desktop": (1440, 900), "phone": (390, 844)}
REFUSED = 400
ROUNDS_OF_WAITING = 600
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))"
checked: set[int] = set()
"""Page structures axe has seen already, by screen and colours: the same kinds of element with other words, as often as there
are rows, give the same answer."""


@dataclass
class Visitor:
    """One person in one browser window. Every page that `open`, `follow` or `submit` reaches is inspected."""

    browser: Browser
    address: str
    screen: str = "desktop"
    language: str = "zh-CN"
    theme: str = "light"
    sharpness: float = 1
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        width, height = SCREENS[self.screen]
        options: dict[str, Any] = {"is_mobile": True, "has_touch": True} if self.screen == "phone" else {}
        self.context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            locale=self.language,
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if self.theme == "dark" else "light",
            device_scale_factor=self.sharpness,
            **options,
        )
        self.page: Page = self.context.new_page()
        self.waiting: set[Request] = set()
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._done)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def sign_in(self, username: str) -> "Visitor":
        """Sign in with a demo account through the page everybody uses; the notices come first, a page without charts."""
        self.open("/accounts/login/?next=/notices/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.submit(self.page.locator("form[action$='/login/'] button[type=submit].btn-primary"))
        return self

    def open(self, path: str) -> "Visitor":
        """Go to an address, as from a bookmark."""
        self.page.goto(path)
        self.inspect()
        return self

    def follow(self, target: str | Locator) -> "Visitor":
        """Click a link or a button that leads to another page."""
        link = self.find(target)
        link.scroll_into_view_if_needed()
        with self.page.expect_navigation():
            link.click()
        self.inspect()
        return self

    submit = follow

    @property
    def path(self) -> str:
        """Where this person is now, without server and query."""
        return urlsplit(self.page.url).path

    def menu(self, path: str) -> "Visitor":
        """Take an entry of the navigation; on a phone the menu is opened first."""
        opener = self.page.locator("[data-side-open]")
        if opener.is_visible():
            opener.click()
        return self.follow(f"#side a[href='{path}']")

    def find(self, target: str | Locator) -> Locator:
        """The first visible thing that matches."""
        found = self.page.locator(target) if isinstance(target, str) else target
        visible = found.filter(visible=True).first
        visible.wait_for()
        return visible

    def download(self, target: str | Locator) -> bytes:
        """Click a link that brings a file, and the file."""
        with self.page.expect_download() as waiting:
            self.find(target).click()
        download: Download = waiting.value
        return Path(download.path()).read_bytes()

    def fetch(self, target: str | Locator) -> bytes:
        """What stands behind a link, without leaving the page."""
        answer = self.page.request.get(self.find(target).get_attribute("href") or "")
        assert answer.ok, f"{answer.url} answered {answer.status}"
        return answer.body()

    def see_nothing(self, path: str) -> None:
        """An address that must be 404 for this person, with a page that says so and gives nothing away."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 404, f"{path} answered {answer.status}"
        self.settle()
        assert [text for text in self.problems if "404" not in text] == []
        self.problems.clear()
        self._check_access()

    def settle(self) -> None:
        """Wait until fragments are loaded and charts are drawn."""
        self._wait_for_requests()
        try:
            self.page.wait_for_function("() => !document.querySelector('.skeleton')")
        except PatienceExhausted:
            waiting = self.page.locator(":has(> .skeleton)").evaluate_all("parts => parts.map(part => part.outerHTML)")
            raise AssertionError(f"{self.page.url} ({self.screen}) still waits for {waiting}; {self.problems}") from None

    def _wait_for_requests(self) -> None:
        """Until nothing is on its way after two frames in which the page may ask for more; “networkidle” takes 0.5 s."""
        self.page.wait_for_load_state("load")
        for _ in range(ROUNDS_OF_WAITING):
            self.page.evaluate(TWO_FRAMES)
            if not self.waiting:
                return
        raise AssertionError(f"{self.page.url} still asks for {[request.url for request in self.waiting]}")

    def inspect(self) -> None:
        """No error in the console, no failed request, nothing wider than the screen, nothing a screen reader cannot read."""
        self.settle()
        where = f"{self.page.url} ({self.screen})"
        assert self.problems == [], f"{where}: {self.problems}"
        excess = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert excess <= 0, f"{where} is {excess} px wider than the screen"
        untranslated = re.findall(r"\{\w+\}|%\(\w+\)s", self.page.inner_text("body"))
        assert untranslated == [], f"{where} shows {untranslated}"
        self._check_access()

    def close(self) -> None:
        """Shut the window."""
        self.context.close()

    def _check_access(self) -> None:
        structure = hash((self.screen, self.theme, self.page.evaluate(STRUCTURE)))
        if structure in checked:
            return
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = self.page.evaluate(AXE_RUN)
        assert violations == [], f"{self.page.url} ({self.screen}, {self.theme}): {violations}"
        checked.add(structure)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        self.waiting.add(request)

    def _done(self, request: Request) -> None:
        self.waiting.discard(request)

    def _failed(self, request: Request) -> None:
        self._done(request)
        # A request that the browser itself gave up because the page was left, or because it became a download, is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"request failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= REFUSED:
            self.problems.append(f"{response.status} {response.url}")
