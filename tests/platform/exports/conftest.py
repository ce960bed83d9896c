from typing import Any

import pytest

from duban.kernel.actor import Actor
from duban.platform.tables_by_name import wired
from tests.cast import World


@pytest.fixture(autouse=True)
def _estates_only(settings: Any) -> None:
    settings.DUBAN_IMPORTS = "tests.platform.imports.estates.IMPORTS"
    settings.DUBAN_EXPORTS = "tests.platform.imports.estates.EXPORTS"
    wired.cache_clear()


@pytest.fixture
def admin(world: World) -> Actor:
    return world.ours.actor("group_admin")
