import pytest

from duban.platform.tables_by_name import wired
from tests.platform.sync import toy


@pytest.fixture(autouse=True)
def _toy_kinds(settings, tmp_path):
    settings.DUBAN_SYNC_KINDS = "tests.platform.sync.toy.KINDS"
    settings.DUBAN_PACK = "tests.platform.sync.toy.PACK"
    settings.MEDIA_ROOT = tmp_path
    wired.cache_clear()
    toy.CALLS.clear()
    yield
    wired.cache_clear()
