from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from duban.kernel.actor import Actor, Channel
from duban.orgs.selectors import actor_for_person
from duban.platform.requests import ActorRequest

NOBODY = Actor(person_id=None, name="", tenant_path="/none/")


class ActorMiddleware:
    """Put the actor on the request, at the cost of one query only where somebody asks for it; speak the person's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast("ActorRequest", request).actor = cast("Actor", SimpleLazyObject(lambda: _actor(request)))
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            _speak(request, request.user.language)
        return self.get_response(request)


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language() or language


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return NOBODY
    return actor_for_person(
        request.user,
        channel=Channel.API if request.path.startswith("/api/") else Channel.WEB,
        request_id=request.META.get("DUBAN_REQUEST_ID", ""),
        address=request.META.get("REMOTE_ADDR", ""),
    )
