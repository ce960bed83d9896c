"""What happens around every request: an id, a strict content policy, refusals turned into pages."""

import uuid
from collections.abc import Callable
from typing import cast

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
