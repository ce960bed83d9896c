"""`duban calc trust`: the grade of one record from JSON to JSON, and its schemas."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar

from duban.kernel.doubts import REASON_TEXTS, CodeSeen, Liveness, Signals, TrustLimits, judge
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.kernel.trust import Decision, Floors, TrustGrade, needs_review, standing

Json = Mapping[str, object]
Word = TypeVar("Word", bound=StrEnum)
WORDS: Mapping[str, type[StrEnum]] = {"liveness": Liveness, "code": CodeSeen}
SIGNALS = tuple(field.name for field in fields(Signals))
LIMITS = tuple(field.name for field in fields(TrustLimits))
FLAGS = frozenset(field.name for field in fields(Signals) if isinstance(field.default, bool))
LARGEST = 10**9


def calculate_trust(case: Json) -> Json:
    """Grade, weight, reasons, and what the record counts for under `floors` and `decision`. Raises `Invalid`."""
    signals = Signals(**{name: _signal(name, value) for name, value in _part(case, "signals", SIGNALS).items()})
    limits = TrustLimits(**{name: _whole(f"limits.{name}", value) for name, value in _part(case, "limits", LIMITS).items()})
    trust, floors = judge(signals, limits), _floors(case)
    counts = standing(trust.grade, floors, _word(case.get("decision", "open"), "decision", Decision))
    return {
        "grade": trust.grade.value,
        "weight": trust.score,
        "reasons": [
            {
                "code": reason.code,
                "weight": reason.weight,
                "figures": dict(reason.figures),
                "text": REASON_TEXTS[reason.code].format(**reason.figures),
            }
            for reason in trust.reasons
        ],
        "needs_review": needs_review(trust.grade, floors),
        "counts": {"score": counts.score, "money": counts.money},
    }


def _part(case: Json, key: str, known: tuple[str, ...]) -> dict[str, Any]:
    part = case.get(key, {})
    if not isinstance(part, dict):
        raise _fault(key, mark("An object is needed here."))
    for name in part:
        if name not in known:
            raise _fault(f"{key}.{name}", mark("One of {known} is needed here."), {"known": ", ".join(known)})
    return part


def _signal(name: str, value: object) -> Any:
    if name in WORDS:
        return None if value is None else _word(value, f"signals.{name}", WORDS[name])
    if name in FLAGS:
        if not isinstance(value, bool):
            raise _fault(f"signals.{name}", mark("true or false is needed here."))
        return value
    is_open = getattr(Signals(), name) is None
    return None if value is None and is_open else _whole(f"signals.{name}", value)


def _floors(case: Json) -> Floors:
    part = _part(case, "floors", ("score", "money"))
    given = {name: _word(value, f"floors.{name}", TrustGrade) for name, value in part.items()}
    return Floors(given.get("score", TrustGrade.D), given.get("money", TrustGrade.D))


def _whole(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise _fault(key, mark("A whole number from {least} to {most} is needed here."), {"least": 0, "most": LARGEST})
    return value


def _word(value: object, key: str, words: type[Word]) -> Word:
    if value not in {str(word) for word in words}:
        raise _fault(key, mark("One of {known} is needed here."), {"known": ", ".join(words)})
    return words(str(value))


def _fault(key: str, message: str, params: Json | None = None) -> Invalid:
    return Invalid(errors=(FieldError(key, message, params or {}),))


_COUNT: Json = {"type": "integer", "minimum": 0, "maximum": LARGEST}
_GRADE: Json = {"enum": [grade.value for grade in TrustGrade]}


def _schema_of(name: str) -> Json:
    if name in WORDS:
        return {"enum": [*(word.value for word in WORDS[name]), None]}
    if name in FLAGS:
        return {"type": "boolean", "default": False}
    usual = getattr(Signals(), name)
    return {**_COUNT, "type": ["integer", "null"]} if usual is None else {**_COUNT, "default": usual}


TRUST_IN: Json = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "signals": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: _schema_of(name) for name in SIGNALS},
        },
        "limits": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {**_COUNT, "default": getattr(TrustLimits(), name)} for name in LIMITS},
        },
        "floors": {"type": "object", "additionalProperties": False, "properties": {"score": _GRADE, "money": _GRADE}},
        "decision": {"enum": [decision.value for decision in Decision], "default": "open"},
    },
}
TRUST_OUT: Json = {
    "type": "object",
    "required": ["grade", "weight", "reasons", "needs_review", "counts"],
    "properties": {
        "grade": _GRADE,
        "weight": {"type": "integer", "minimum": 0, "maximum": 100},
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "weight", "figures", "text"],
                "properties": {
                    "code": {"enum": sorted(REASON_TEXTS)},
                    "weight": {"type": "integer"},
                    "figures": {"type": "object"},
                    "text": {"type": "string"},
                },
            },
        },
        "needs_review": {"type": "boolean"},
        "counts": {
            "type": "object",
            "required": ["score", "money"],
            "properties": {"score": {"type": "boolean"}, "money": {"type": "boolean"}},
        },
    },
}
