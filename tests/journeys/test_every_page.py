"""Every entry of the navigation and of the settings, by several people, in both languages, light and dark, large and small."""

from collections.abc import Callable

import pytest

from tests.journeys.sides import sides
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
FIRST_ROW = "main .listing tbody tr:first-of-type td:not(.cell-check) a"


@pytest.mark.only_looks
@pytest.mark.parametrize(
    ("username", "screen", "language", "theme"),
    sides(
        ("quality", "desktop", "zh-CN", "light"),
        ("admin", "desktop", "en-GB", "dark"),
        ("jieda", "phone", "zh-CN", "light"),
        ("auditor", "phone", "en-GB", "dark"),
    ),
)
def test_every_page_is_sound(visit: Visit, username: str, screen: str, language: str, theme: str):
    visitor = visit(username, screen=screen, language=language, theme=theme)
    other = visitor.page.locator(f"button[name=language][value={'en' if language.startswith('en') else 'zh-hans'}]")
    if other.count():
        visitor.submit(other)
    entries = addresses(visitor, "#side a.side-item")
    assert len(entries) >= 5
    for path in entries:
        visitor.open(path)
        first = visitor.page.locator(FIRST_ROW).first
        if first.count():
            visitor.open(first.get_attribute("href") or "")
    if "/settings/" in entries:
        visitor.open("/settings/")
        for path in addresses(visitor, "main a[href^='/']"):
            visitor.open(path)


def test_language_and_theme_stay(visit: Visit):
    visitor = visit("quality")
    assert visitor.page.locator("html").get_attribute("lang") == "zh-hans"
    visitor.submit("button[name=language][value=en]")
    visitor.page.locator("[data-theme-toggle]").click()
    visitor.menu("/scorecards/")
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    assert visitor.page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert visitor.page.locator("main h1").inner_text() == "Scorecards"
    visitor.submit("button[name=language][value=zh-hans]")
    assert visitor.page.locator("html").get_attribute("lang") == "zh-hans"


def addresses(visitor: Visitor, selector: str) -> list[str]:
    found = visitor.page.locator(selector).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return list(dict.fromkeys(found))
