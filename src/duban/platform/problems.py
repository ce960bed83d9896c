"""Refusals of the API as problem documents (RFC 9457): one shape for every error."""

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from duban.kernel.errors import DomainError, NotAllowed, NotFound
from duban.kernel.text import mark
from duban.platform.requests import error_message, field_messages

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: mark("The request is not understood."),
    401: mark("Sign in, or send a token."),
    403: mark("This is not allowed."),
    404: mark("There is nothing here."),
    405: mark("This method is not offered here."),
    409: mark("The state of the record does not allow this."),
    422: mark("The input is not valid."),
    429: mark("Too many requests."),
}


class FieldProblem(Schema):
    """One input at fault."""

    field: str
    message: str


class Problem(Schema):
    """Why a request was refused; nothing was changed."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem]
    request_id: str


REFUSALS: dict[int, type[Problem]] = dict.fromkeys((401, 403, 404, 409, 422), Problem)
"""For `response={200: …, **REFUSALS}` of an operation."""


def install(api: NinjaAPI) -> None:
    """Answer every refusal of this API with a problem document."""
    api.add_exception_handler(DomainError, lambda request, error: _domain_error(request, cast("DomainError", error)))
    api.add_exception_handler(
        ValidationError, lambda request, error: _validation_error(request, cast("ValidationError", error))
    )
    api.add_exception_handler(AuthenticationError, lambda request, _error: problem(request, 401, code="not_authenticated"))
    api.add_exception_handler(Throttled, lambda request, _error: problem(request, 429, code="throttled"))
    api.add_exception_handler(HttpError, lambda request, error: _http_error(request, cast("HttpError", error)))
    api.add_exception_handler(Http404, lambda request, _error: _domain_error(request, NotFound()))
    # A letter or a number the database has no room for (PostgreSQL keeps no NUL in texts) is a fault of the input.
    api.add_exception_handler(DataError, lambda request, _error: problem(request, 422, code="unstorable"))
    api.add_exception_handler(PermissionDenied, lambda request, _error: _domain_error(request, NotAllowed()))


def problem(
    request: HttpRequest, status: int, *, detail: str = "", code: str = "", errors: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """One problem document, in the language of the request."""
    code = code or f"http_{status}"
    content = {
        "type": f"urn:duban:problem:{code}",
        "title": gettext(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"field": field, "message": message} for field, message in errors],
        "request_id": request.META.get("DUBAN_REQUEST_ID", ""),
    }
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def code_of(error: DomainError) -> str:
    """What programs call a refusal: `wrong_state` for `WrongState`."""
    name = type(error).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem(request, error.status, detail=error_message(error), code=code_of(error), errors=field_messages(error))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, detail=str(error))


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [(_place(item), str(item.get("msg", ""))) for item in error.errors]
    return problem(request, 422, code="invalid", errors=found)


def _place(item: dict[str, Any]) -> str:
    # The first parts say where ninja looked (body, query, name of the argument), which is no business of the sender.
    parts = [str(part) for part in item.get("loc", ())]
    is_nested = parts[:1] in (["body"], ["form"]) and bool(parts[2:])
    return ".".join(parts[2:] if is_nested else parts[1:] or parts)
