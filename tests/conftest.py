"""What every test may use: the cast, clients, a frozen clock, and the guard that keeps query counts flat."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine as clock
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from duban.kernel.actor import Actor
from duban.platform.tables_by_name import wired
from tests.cast import World, make_world
from tests.flat_queries import FlatQueries

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The moment at which every test starts. The last closed month is 2026-10."""

hypothesis.settings.register_profile("duban", deadline=None, max_examples=60, derandomize=True)
hypothesis.settings.load_profile("duban")


@pytest.fixture(autouse=True)
def _fresh_start(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test begins at `NOW`, in English, with empty caches. A test marked `real_time` keeps the real clock."""
    wired.cache_clear()
    cache.clear()
    with translation.override("en"):
        if request.node.get_closest_marker("real_time"):
            yield
        else:
            with clock.travel(NOW, tick=True):
                yield


@pytest.fixture
def world(db: None) -> World:
    """Two companies with all their people, and a stranger."""
    return make_world()


@pytest.fixture
def actor(world: World) -> Callable[[str], Actor]:
    """`actor("quality_manager")` of our company; `actor("their finance")` of the other; `actor("stranger")`."""
    return world.actor


@pytest.fixture
def client_as(world: World) -> Callable[[str], Client]:
    """`client_as("finance")`: a browser in which that person has signed in, in English."""

    def sign_in(role: str) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(world.person(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def flat_queries() -> FlatQueries:
    """Check that a page costs the same number of queries with one row and with four; see `tests/flat_queries.py`."""
    return FlatQueries()
