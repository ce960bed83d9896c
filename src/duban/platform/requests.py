"""What happens around every request: an id, a strict content policy, refusals turned into pages."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import cast

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class ActorRequest(HttpRequest):
    """A request after the actor middleware: who acts is known."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, for views and API operations."""
    return cast("ActorRequest", request).actor


class RequestIdMiddleware:
    """Give each request an id that stands in its log lines, its audit entries and its answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        request.META["DUBAN_REQUEST_ID"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id, path=request.path)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class ContentSecurityMiddleware:
    """Nothing from elsewhere, nothing inline: scripts and styles come from our own files only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        return response


class DomainErrorMiddleware:
    """Turn a refusal of the domain into a page that says what, where and how to mend it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        context = {"error": error, "message": error_message(error), "errors": field_messages(error)}
        template = "ui/refusal_fragment.html" if getattr(request, "htmx", False) else "ui/refusal.html"
        return render(request, template, context, status=error.status)


class NotOfferedMiddleware:
    """Somebody opened the address of an action instead of pressing its button: say so, and lead to the page with the button.

    It happens after signing in again in the middle of an action, and with addresses kept from the browser's bar.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET" or response.content:
            return response
        page = render(request, "ui/not_offered.html", {"nearest": page_above(request.path)}, status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


def page_above(path: str) -> str:
    """The nearest address above `path` that leads to a view: `/findings/F-1/` for `/findings/F-1/close/`.

    A part of the address that is no key of the action is none of the page either: above `/findings/bulk/close/` lies
    `/findings/`, not a finding called "bulk".
    """
    parts = path.strip("/").split("/")
    keys = _keys_of(path) or {}
    for length in range(len(parts) - 1, 0, -1):
        above = "/" + "".join(f"{part}/" for part in parts[:length])
        found = _keys_of(above)
        if found is not None and found.items() <= keys.items():
            return above
    return "/"


def _keys_of(path: str) -> dict[str, object] | None:
    try:
        return resolve(path).kwargs
    except Resolver404:
        return None


def error_message(error: DomainError) -> str:
    """The refusal in the reader's language, placeholders filled."""
    text = gettext(error.message)
    return text.format(**error.params) if error.params else text


def field_messages(error: DomainError) -> list[tuple[str, str]]:
    """(field, message) pairs in the reader's language."""
    return [(item.field, gettext(item.message).format(**item.params)) for item in error.errors]


def is_demo() -> bool:
    """Whether this installation shows the demo company (accounts stand on the sign-in page)."""
    return bool(settings.DUBAN_DEMO)
