"""Addresses of pages of other apps, by name."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *arguments: object, **query: object) -> str:
    """The URL of a named page with its query; an empty text if the page does not exist."""
    try:
        path = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path
