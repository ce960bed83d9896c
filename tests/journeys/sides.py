"""From which side a journey is seen: on the screen, in the language and in the colours of this run.

What a page does with a screen, a language or colours does not depend on the database (docs/adr/0016). So every journey is
made on both engines, each time from another side; the two runs of `make test` together show all of them.
"""

import os
from collections.abc import Callable
from typing import TypeVar

from tests.journeys.visitor import Visitor

Side = TypeVar("Side")
Visit = Callable[..., Visitor]
IS_SECOND_RUN = os.environ.get("DUBAN_TEST_ENGINE") == "postgresql"


def sides(*found: Side) -> list[Side]:
    """Those for this run: every other one, beginning with the first on SQLite and with the second on PostgreSQL."""
    return list(found[IS_SECOND_RUN::2])


def arrive(visit: Visit, username: str, screen: str = "desktop", language: str = "zh-hans") -> Visitor:
    """Somebody signed in, reading the language."""
    visitor = visit(username, screen=screen)
    if language == "en":
        visitor.submit("button[name=language][value=en]")
    assert visitor.page.locator("html").get_attribute("lang") == language
    return visitor
