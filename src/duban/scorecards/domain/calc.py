"""`duban calc score`: anybody can recompute a score from the scheme and the evidence, without the database."""

from collections.abc import Mapping

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.scorecards.domain.definition import from_json
from duban.scorecards.domain.reader import Reader
from duban.scorecards.domain.result_json import read_inputs, result_to_json
from duban.scorecards.domain.rule_json import JsonObject
from duban.scorecards.domain.scoring import score_card


def calculate(case: Mapping[str, object]) -> JsonObject:
    """Score one case `{"definition": …, "inputs": …}`. Raises `Invalid` with the path of every fault."""
    errors: list[FieldError] = []
    reader = Reader(case, path="", errors=errors)
    document = reader.raw("definition")
    inputs = read_inputs(reader.child("inputs"))
    reader.finish()
    if errors:
        raise Invalid(mark("The case is not sound."), errors=tuple(errors))
    return result_to_json(score_card(from_json(document), inputs))


_NUMBER = {"type": ["string", "number"], "description": "a decimal; text keeps every digit"}
_TEXT = {"type": "string"}
_NULLABLE = {"type": ["string", "null"]}
_NAMES = {"type": "object", "required": ["zh", "en"], "additionalProperties": {"type": "string"}}
_MATCH = {
    "kinds": {"type": "array", "items": _TEXT, "minItems": 1},
    "keys": {"type": "array", "items": _TEXT},
    "severities": {"type": "array", "items": _TEXT},
}
_RULE = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"enum": ["linear", "bands", "per_occurrence", "occurrence_bands", "panel"]},
        "metric": _TEXT,
        **_MATCH,
    },
}
_OCCURRENCE = {
    "type": "object",
    "required": ["app", "code", "on", "kind"],
    "additionalProperties": False,
    "properties": {
        "app": _TEXT,
        "code": _TEXT,
        "line_id": {"type": "integer"},
        "on": {"type": "string", "format": "date"},
        "kind": _TEXT,
        "key": _TEXT,
        "severity": {"enum": ["minor", "major", "critical"]},
        "quantity": _NUMBER,
        "label": _TEXT,
        "place": _TEXT,
    },
}
_IDENTITY = {"type": "object", "required": ["app", "code"], "properties": {"app": _TEXT, "code": _TEXT}}
_INDICATOR = {
    "type": "object",
    "required": ["key", "name", "weight", "rule"],
    "properties": {"key": _TEXT, "name": _NAMES, "weight": _NUMBER, "rule": _RULE, "minimum_sample": _NUMBER},
}
_BLOCK = {
    "type": "object",
    "required": ["key", "name", "weight", "indicators"],
    "properties": {"key": _TEXT, "name": _NAMES, "weight": _NUMBER, "indicators": {"type": "array", "items": _INDICATOR}},
}
_RATIO = {
    "type": "object",
    "required": ["numerator", "denominator"],
    "properties": {"numerator": _NUMBER, "denominator": _NUMBER},
}

SCHEMA_IN: JsonObject = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "One card to score",
    "type": "object",
    "required": ["definition", "inputs"],
    "additionalProperties": False,
    "properties": {
        "definition": {
            "type": "object",
            "required": ["code", "name", "service_line", "source", "confidence", "blocks"],
            "properties": {"code": _TEXT, "name": _NAMES, "blocks": {"type": "array", "items": _BLOCK}},
        },
        "inputs": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "ratios": {"type": "object", "additionalProperties": _RATIO},
                "occurrences": {"type": "array", "items": _OCCURRENCE},
                "panel": {"type": "object", "additionalProperties": {"type": "array", "items": _NUMBER}},
                "mobilisation": {"type": "boolean"},
                "struck": {"type": "array", "items": _IDENTITY},
            },
        },
    },
}

_STEP = {
    "type": "object",
    "required": ["label", "rule", "result", "inputs", "refs"],
    "properties": {
        "label": _TEXT,
        "rule": _TEXT,
        "result": _TEXT,
        "inputs": {"type": "object", "additionalProperties": _TEXT},
        "refs": {"type": "array", "items": _TEXT},
    },
}

SCHEMA_OUT: JsonObject = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A scored card with its trace",
    "type": "object",
    "required": [
        "outcome",
        "score",
        "interval",
        "blocks",
        "indicators",
        "adjustments",
        "red_lines",
        "effects",
        "dimensions",
        "trace",
    ],
    "properties": {
        "outcome": {"enum": ["scored", "held", "unscored"]},
        "score": _NULLABLE,
        "interval": {"type": ["array", "null"], "items": _TEXT, "minItems": 2, "maxItems": 2},
        "maximum": _TEXT,
        "ceiling": _TEXT,
        "is_failed": {"type": "boolean"},
        "blocks": {"type": "array", "items": {"type": "object"}},
        "indicators": {"type": "array", "items": {"type": "object"}},
        "adjustments": {"type": "array", "items": {"type": "object"}},
        "red_lines": {"type": "array", "items": {"type": "object"}},
        "effects": {"type": "array", "items": {"type": "object"}},
        "dimensions": {"type": "object", "additionalProperties": _NULLABLE},
        "accrued_points": _TEXT,
        "trace": {"type": "array", "items": _STEP},
    },
}
