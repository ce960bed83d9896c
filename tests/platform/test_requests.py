import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from duban.kernel.errors import FieldError, Invalid, NotFound, WrongState
from duban.platform.requests import (
    CONTENT_POLICY,
    ContentSecurityMiddleware,
    DomainErrorMiddleware,
    RequestIdMiddleware,
    error_message,
    field_messages,
    is_demo,
)


def respond(_request):
    return HttpResponse("ok")


def test_every_request_has_its_own_id():
    handle = RequestIdMiddleware(respond)
    first, second = handle(RequestFactory().get("/")), handle(RequestFactory().get("/"))
    assert len(first["X-Request-Id"]) == 32
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_content_policy_allows_nothing_inline():
    response = ContentSecurityMiddleware(respond)(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == CONTENT_POLICY
    assert "unsafe-inline" not in CONTENT_POLICY
    assert "script-src 'self'" in CONTENT_POLICY


def test_stricter_policy_of_a_view_stays():
    def strict(_request):
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    assert ContentSecurityMiddleware(strict)(RequestFactory().get("/"))["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("error", [NotFound(), WrongState(), Invalid(errors=(FieldError("day", "Too late."),))])
@pytest.mark.parametrize("is_fragment", [False, True])
def test_refusal_becomes_a_page_or_a_part_of_one(db, error, is_fragment):
    request = RequestFactory().get("/")
    request.htmx = is_fragment
    response = DomainErrorMiddleware(respond).process_exception(request, error)
    assert response.status_code == error.status
    assert error_message(error) in response.text
    assert ("<html" in response.text) is not is_fragment


def test_other_errors_are_not_hidden():
    assert DomainErrorMiddleware(respond).process_exception(RequestFactory().get("/"), ValueError()) is None
    assert DomainErrorMiddleware(respond)(RequestFactory().get("/")).text == "ok"


def test_messages_are_translated_then_filled():
    error = Invalid("At most {count} signs.", errors=(FieldError("body", "At most {count} signs.", {"count": 9}),), count=9)
    with override("zh-hans"):
        assert (error_message(error), field_messages(error)) == ("最多 9 个字符。", [("body", "最多 9 个字符。")])


def test_demo_mode(settings):
    settings.DUBAN_DEMO = True
    assert is_demo()


def test_api_refuses_with_the_id_of_the_request(client, db):
    response = client.get("/api/v1/orgs/me")
    assert json.loads(response.content)["request_id"] == response["X-Request-Id"]
