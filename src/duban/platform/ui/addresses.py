"""Addresses of records: the pattern of a page is looked up once, the code put into it for every row."""

from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

HOLE = "-code-"
SAFE = "/~:@!$&'()*+,;="
"""What Django leaves as it is in a path (RFC 3986 §3.3)."""


def address_of(url_name: str, code: str) -> str:
    """The address of the page `url_name` of one record; as `reverse` for a page that takes one text.

    Raises `NoReverseMatch` for a page that is not there or takes something else.
    """
    before, after = _pattern(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return f"{before}{quote(str(code), safe=SAFE)}{after}"


@lru_cache(maxsize=512)
def _pattern(url_name: str, routes: str, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(url_name, urlconf=routes, args=[HOLE]).partition(HOLE)
    return before, after
