"""The payment terms that ship with the product: real tables with their source, some with a choice left open on purpose."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import cast

from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.settlement.domain.terms import PaymentTerms


def template_definitions() -> Mapping[str, dict[str, object]]:
    """Every shipped definition by code, as written."""
    folder = files("duban.settlement") / "data" / "terms"
    found = (json.loads(item.read_text(encoding="utf-8")) for item in folder.iterdir() if item.name.endswith(".json"))
    return dict(sorted((str(definition["code"]), definition) for definition in found))


def open_choices(definition: object, path: str = "") -> tuple[str, ...]:
    """Places where the source text leaves the number open and the contract must choose (written as null)."""
    return tuple(_nulls(definition, path))


def terms_from_template(code: str, choices: Mapping[str, str], changes: Mapping[str, object] | None = None) -> PaymentTerms:
    """Terms from the shipped template `code`, with its open places filled from `choices` (by place) and parts replaced.

    `Invalid` names every place that stays open; there is no default for a number the source does not give.
    """
    definitions = template_definitions()
    if code not in definitions:
        raise NotFound
    filled = _fill(definitions[code], "", choices)
    left = open_choices(filled)
    if left:
        message = mark("The source leaves this number open; the contract must choose it.")
        raise Invalid(errors=tuple(FieldError(place, message) for place in left))
    return PaymentTerms.from_json({**cast("dict[str, object]", filled), **(changes or {})})


def _nulls(value: object, path: str) -> Iterator[str]:
    if value is None:
        yield path
    for name, inner in _inside(value, path):
        yield from _nulls(inner, name)


def _fill(value: object, path: str, choices: Mapping[str, str]) -> object:
    if value is None:
        return choices.get(path)
    if isinstance(value, dict):
        return {key: _fill(inner, f"{path}.{key}".strip("."), choices) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, f"{path}[{index}]", choices) for index, inner in enumerate(value)]
    return value


def _inside(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from ((f"{path}.{key}".strip("."), inner) for key, inner in value.items())
    elif isinstance(value, list):
        yield from ((f"{path}[{index}]", inner) for index, inner in enumerate(value))
