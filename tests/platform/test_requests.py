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
    page_above,
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


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/inspections/findings/F-1/verify/", "/inspections/findings/F-1/"),
        ("/inspections/findings/bulk/assign/", "/inspections/findings/"),
        ("/notices/read/", "/notices/"),
        ("/nowhere/at/all/", "/"),
    ],
)
def test_the_page_above_an_action_is_found(address, nearest):
    assert page_above(address) == nearest


def test_an_action_opened_by_its_address_says_so_and_leads_to_its_page(client_as):
    response = client_as("finance").get("/notices/read/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing was done" in response.text
    assert 'href="/notices/"' in response.text


def test_other_refused_methods_stay_as_they_are(client_as):
    assert client_as("finance").delete("/notices/").content == b""
