"""Why an envelope waits or was rejected: kept without language, said in the reader's."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext
from pydantic import ValidationError

from duban.kernel.errors import DomainError
from duban.kernel.text import mark
from duban.platform.problems import code_of

TITLES: Mapping[str, str] = {
    "changed": mark("Something else was sent before under the same number; the first one counts."),
    "damaged": mark("The content does not match its check sum. Please send it again."),
    "too_large": mark("The content is larger than the {kilobytes} KB that are accepted."),
    "unknown_kind": mark("This server does not know what to do with this kind of record. Please tell your administrator."),
    "unknown_version": mark("The app on the phone is older or newer than this server. Please load the app anew."),
    "invalid": mark("The content is not what this kind of record needs."),
    "files": mark("Waiting for its photos or other files to arrive."),
    "failed": mark("The server could not take it in just now and will try again by itself."),
    "given_up": mark("The server tried again and again and could not take it in. Please tell your administrator."),
}


def reason(code: str, *, errors: Sequence[tuple[str, str]] = (), **params: object) -> dict[str, Any]:
    """A reason of the inbox itself."""
    return {
        "code": code,
        "title": TITLES[code],
        "params": params,
        "errors": [{"field": field, "message": message, "params": {}} for field, message in errors],
    }


def refusal(error: DomainError) -> dict[str, Any]:
    """The reason a handler gave."""
    found = {
        "code": code_of(error),
        "title": error.message,
        "params": error.params,
        "errors": [{"field": item.field, "message": item.message, "params": dict(item.params)} for item in error.errors],
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def misfit(error: ValidationError) -> dict[str, Any]:
    """The reason a schema gave, field by field."""
    found = [(".".join(str(part) for part in item["loc"]), item["msg"]) for item in error.errors(include_input=False)]
    return reason("invalid", errors=found[:20])


def spoken(stored: Mapping[str, Any]) -> dict[str, Any] | None:
    """A stored reason in the reader's language; nothing if there is none."""
    if not stored:
        return None
    return {
        "code": stored["code"],
        "title": _said(stored["title"], stored["params"]),
        "errors": [{"field": item["field"], "message": _said(item["message"], item["params"])} for item in stored["errors"]],
    }


def _said(text: str, params: Mapping[str, Any]) -> str:
    # What schemas say is not written for placeholders and may hold braces of its own.
    return gettext(text).format(**params) if params else gettext(text)
