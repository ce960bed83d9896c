"""The tables that only `project` can fill, reached by the name a setting gives, never by import."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def wired(setting: str) -> object:
    """Return the object whose dotted path stands in the setting `setting` (`DUBAN_WIRING`, `DUBAN_RIGHTS`, …)."""
    return import_string(getattr(settings, setting))
