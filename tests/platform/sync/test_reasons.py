from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.platform.sync.reasons import TITLES, misfit, reason, refusal, spoken
from tests.platform.sync.toy import NotePayload


@pytest.mark.parametrize("code", TITLES)
def test_every_reason_is_said_in_words(code):
    said = spoken(reason(code, kilobytes=64))
    assert said["code"] == code
    assert "{" not in said["title"]


def test_no_reason_says_nothing():
    assert spoken({}) is None


def test_a_refusal_keeps_its_figures_plain():
    stored = refusal(
        Invalid("{day}: {sum}", errors=(FieldError("a", "{sum}!", {"sum": 1}),), day=date(2026, 1, 2), sum=Decimal("1.5"))
    )
    assert stored["params"] == {"day": "2026-01-02", "sum": "1.5"}
    assert spoken(stored) == {"code": "invalid", "title": "2026-01-02: 1.5", "errors": [{"field": "a", "message": "1!"}]}
    assert refusal(NotFound())["code"] == "not_found"


def test_what_a_schema_says_may_hold_braces():
    with pytest.raises(ValidationError) as refused:
        NotePayload.model_validate({"text": 5, "photos": [{}]})
    said = spoken(misfit(refused.value))
    assert [item["field"] for item in said["errors"]] == ["text", "photos.0"]
    stored = reason("invalid", errors=[("a", "no {brace} here")])
    assert spoken(stored)["errors"] == [{"field": "a", "message": "no {brace} here"}]
