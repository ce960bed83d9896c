"""A browser, and for each journey a served copy of the demo company."""

import os
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.installation import Installation, built_demo, copied, served
from tests.journeys.visitor import AXE, Visitor
from tools.browser import ADVICE, chromium_path

FLAGS = (
    "--no-sandbox",  # Chromium refuses root otherwise, and it sees no page but ours
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",
)

FAILED = pytest.StashKey[bool]()
BUILDING = pytest.StashKey[Future[Installation]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys are marked as such and live in real time, as the server they talk to does."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.real_time)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Where there are journeys, the demo company is built from now on, beside the tests that do without it."""
    if any(item.get_closest_marker("journey") for item in session.items) and not session.config.option.collectonly:
        folder = session.config.cache.mkdir("duban")
        session.config.stash[BUILDING] = ThreadPoolExecutor(1).submit(built_demo, folder, server_url())


@pytest.fixture(scope="session")
def demo(pytestconfig: pytest.Config) -> Installation:
    """The demo company, built once."""
    return pytestconfig.stash[BUILDING].result()


@pytest.fixture
def installation(demo: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of it for one journey."""
    with copied(demo, tmp_path / "data", server_url()) as copy:
        yield copy


@pytest.fixture(scope="session")
def shared_address(demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where one more copy is served, for all journeys that only look."""
    with copied(demo, tmp_path_factory.mktemp("shared") / "data", server_url()) as copy, served(copy) as found:
        yield found


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the copy of this journey is served."""
    if request.node.get_closest_marker("only_looks"):
        yield request.getfixturevalue("shared_address")
        return
    installation: Installation = request.getfixturevalue("installation")
    with served(installation) as found:
        yield found
    sys.stdout.write(installation.log.read_text(encoding="utf-8"))


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A Chromium for one journey: Playwright occupies the thread, so it must be gone before the next database test."""
    path = chromium_path()
    assert path, ADVICE
    assert AXE.exists(), "axe-core is missing; `make setup` installs the npm packages"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the outcome, so that a journey that failed can leave its pictures."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Visitor]]:
    """`visit("quality", screen="phone")`: somebody signs in and sees the first page."""
    visitors: list[Visitor] = []

    def arrive(username: str, **how: Any) -> Visitor:
        visitors.append(Visitor(browser, address, **how))
        return visitors[-1].sign_in(username)

    yield arrive
    for number, visitor in enumerate(visitors, start=1):
        if request.node.stash.get(FAILED, False):
            picture = tmp_path / f"visitor-{number}.png"
            visitor.page.screenshot(path=picture, full_page=True)
            sys.stdout.write(f"{visitor.page.url}: {picture}\n")
        visitor.close()


def server_url() -> str:
    """The PostgreSQL server of this run, or nothing on SQLite."""
    return os.environ.get("DATABASE_URL", "")
