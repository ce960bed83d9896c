"""The trace of a card in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext as _

from duban.kernel.text import mark
from duban.scorecards.models import Card
from duban.scorecards.selectors.wording import filled, name_of

INPUTS = {
    "value": mark("value"),
    "sample": mark("sample"),
    "needed": mark("needed"),
    "weight": mark("weight"),
    "effective_weight": mark("weight in force"),
    "count": mark("number"),
    "maximum": mark("sum of the weights"),
    "subtotal": mark("sum of the blocks"),
    "change": mark("deductions and bonuses"),
    "ceiling": mark("highest score"),
}
HIDDEN = frozenset({"key", "target", "cap_at", "minimum"})


@dataclass(frozen=True)
class TraceStep:
    """One numbered step."""

    number: int
    label: str
    rule: str
    inputs: tuple[tuple[str, str], ...]
    result: str


def trace_of_card(card: Card) -> list[TraceStep]:
    """The stored steps, keys replaced by names."""
    names = _names(card)
    return [
        _step(number, cast("Mapping[str, Any]", step), names)
        for number, step in enumerate(card.result.get("trace", ()), start=1)
    ]


def _names(card: Card) -> dict[str, str]:
    result = cast("Mapping[str, Any]", card.result)
    groups = ("blocks", "indicators", "adjustments", "red_lines")
    return {item["key"]: name_of(item["name"]) for group in groups for item in result.get(group, ())}


def _step(number: int, step: Mapping[str, Any], names: Mapping[str, str]) -> TraceStep:
    raw = dict(step["inputs"])
    shown = {**raw, "key": names.get(raw.get("key", ""), raw.get("key", ""))}
    given = {key: value for key, value in raw.items() if key not in HIDDEN and value not in ("–", "")}
    inputs = tuple((_(INPUTS[key]) if key in INPUTS else key, value) for key, value in given.items())
    return TraceStep(number, filled(step["label"], shown), filled(step["rule"], shown), inputs, step["result"])
