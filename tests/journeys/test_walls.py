"""What one vendor must not see of another, and nobody without signing in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.only_looks
def test_a_vendor_meets_404_at_the_papers_of_another(visit: Visit):
    owner = visit("jieda")
    card = owner.menu("/scorecards/").follow("main tbody a[href^='/scorecards/cards/']").path
    statement = owner.menu("/settlement/").follow("main tbody a[href^='/settlement/ST-']").path
    rival = visit("andun")
    for path in (card, f"{card}trace/", f"{card}export/", f"{card}appeal/", statement, f"{statement}statement.pdf"):
        rival.see_nothing(path)


@pytest.mark.only_looks
def test_nobody_sees_anything_without_signing_in(browser: Browser, address: str):
    stranger = Visitor(browser, address)
    for path in ("/", "/scorecards/", "/settlement/", "/settings/audit/"):
        stranger.open(path)
        assert stranger.path == "/accounts/login/"
    stranger.close()
