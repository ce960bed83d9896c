"""Addresses of pages of other apps, by name."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

_ANY_CODE = "XX-0000-0000"


def address(name: str, *arguments: object, **query: object) -> str:
    """The URL of a named page with its query; an empty text if the page does not exist."""
    try:
        path = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path


def addresses(name: str) -> Callable[[str], str]:
    """What gives the URL of a named page for any code: the routes are asked once, for a thousand cells of a map."""
    start, code, end = address(name, _ANY_CODE).partition(_ANY_CODE)
    return (lambda wanted: f"{start}{wanted}{end}") if code else (lambda _wanted: "")
