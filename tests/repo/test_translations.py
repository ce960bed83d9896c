"""Both languages are complete."""

import pytest
from django.conf import settings

from tools import messages

assert settings.configured


@pytest.mark.parametrize("app", messages.app_names())
def test_chinese_is_complete_and_fresh(app):
    assert messages.refresh(app, writes=False) == []
