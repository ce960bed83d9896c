import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404
from django.test import RequestFactory
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.security import HttpBearer

from duban.kernel.errors import FieldError, Invalid, NotAllowed, NotFound, WrongState
from duban.platform.problems import MEDIA_TYPE, TITLES, install, problem


class Body(Schema):
    """What the tests send."""

    count: int


class Never(HttpBearer):
    """Lets nobody in."""

    def authenticate(self, request, token):
        return None


def answer(error=None, *, body=None, auth=None):
    api = NinjaAPI(urls_namespace=f"problems-{id(error)}-{id(body)}-{id(auth)}", docs_url=None)
    install(api)

    @api.post("/x", auth=auth)
    def operation(request, body: Body):
        if error:
            raise error
        return body.count

    request = RequestFactory().post("/x", json.dumps(body or {"count": 1}), content_type="application/json")
    request.META["DUBAN_REQUEST_ID"] = "r-1"
    view = next(pattern.callback for pattern in api.urls[0] if str(pattern.pattern) == "x")
    response = view(request)
    return response.status_code, json.loads(response.content), response["Content-Type"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (NotAllowed(), 403, "not_allowed"),
        (WrongState(), 409, "wrong_state"),
        (Invalid(), 422, "invalid"),
        (Http404("secret path"), 404, "not_found"),
        (PermissionDenied("secret rule"), 403, "not_allowed"),
        (AuthenticationError(), 401, "not_authenticated"),
        (Throttled(wait=5), 429, "throttled"),
        (HttpError(400, "Bad cursor"), 400, "http_400"),
        (DataError("cannot contain NUL"), 422, "unstorable"),
    ],
)
def test_every_refusal_has_one_shape(error, status, code):
    got, document, kind = answer(error)
    assert (got, kind) == (status, MEDIA_TYPE)
    assert set(document) == {"type", "title", "status", "detail", "code", "errors", "request_id"}
    assert (document["status"], document["code"], document["request_id"]) == (status, code, "r-1")
    assert document["type"] == f"urn:duban:problem:{code}"
    assert "secret" not in json.dumps(document)


def test_field_errors_are_filled():
    _, document, _ = answer(Invalid(errors=(FieldError("day", "At most {count} signs.", {"count": 3}),)))
    assert document["errors"] == [{"field": "day", "message": "At most 3 signs."}]


@pytest.mark.parametrize(("body", "field"), [({"count": "x"}, "count"), ({"other": 1}, "count")])
def test_body_that_does_not_fit_names_its_field(body, field):
    status, document, _ = answer(body=body)
    assert (status, document["code"], [error["field"] for error in document["errors"]]) == (422, "invalid", [field])


def test_missing_token():
    status, document, _ = answer(auth=Never())
    assert (status, document["title"]) == (401, "Sign in, or send a token.")


def test_unknown_status_has_a_title():
    response = problem(RequestFactory().get("/"), 418)
    assert json.loads(response.content)["title"] == TITLES[400]


def test_good_answer_is_left_alone():
    assert answer()[:2] == (200, 1)
