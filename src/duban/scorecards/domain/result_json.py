"""A card's result as JSON (decimals as text) and its inputs from JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from duban.kernel.errors import FieldError
from duban.kernel.occurrence import Occurrence
from duban.kernel.ratios import Interval, Ratio
from duban.kernel.text import mark
from duban.kernel.trace import Step
from duban.scorecards.domain.reader import Reader, decimal_of
from duban.scorecards.domain.result import (
    AdjustmentResult,
    BlockResult,
    CardInputs,
    CardResult,
    IndicatorResult,
    OccurrenceEffect,
    RedLineResult,
)
from duban.scorecards.domain.rule_json import JsonObject, text
from duban.scorecards.domain.rules import RuleText


def result_to_json(result: CardResult) -> JsonObject:
    """Everything about the result, in the order of the card."""
    return {
        "outcome": result.outcome.value,
        "score": text(result.score),
        "interval": _interval(result.interval),
        "maximum": text(result.maximum),
        "ceiling": text(result.ceiling),
        "is_failed": result.is_failed,
        "blocks": [_block(item) for item in result.blocks],
        "indicators": [_indicator(item) for item in result.indicators],
        "adjustments": [_adjustment(item) for item in result.adjustments],
        "red_lines": [_red_line(item) for item in result.red_lines],
        "effects": [_effect(item) for item in result.effects],
        "dimensions": {name: text(value) for name, value in result.dimensions.items()},
        "accrued_points": text(result.accrued_points),
        "trace": [step_to_json(step) for step in result.trace],
    }


def step_to_json(step: Step) -> JsonObject:
    """One step of a trace."""
    return {"label": step.label, "rule": step.rule, "result": step.result, "inputs": dict(step.inputs), "refs": list(step.refs)}


def rule_text_to_json(rule: RuleText) -> JsonObject:
    """A rule in words, still to be translated."""
    return {"template": rule.template, "params": dict(rule.params)}


def read_inputs(reader: Reader) -> CardInputs:
    """Inputs of one card: ratios, occurrences, panel ratings, mobilisation, struck occurrences."""
    ratios = reader.child("ratios") if reader.has("ratios") else None
    panel = reader.child("panel") if reader.has("panel") else None
    inputs = CardInputs(
        ratios={} if ratios is None else {name: _read_ratio(ratios.child(name)) for name in ratios.fields()},
        occurrences=tuple(_read_occurrence(item) for item in reader.children("occurrences")),
        panel={} if panel is None else {name: _read_ratings(panel, name) for name in panel.fields()},
        mobilisation=reader.boolean("mobilisation", default=False),
        struck=frozenset((item.text("app"), item.text("code")) for item in reader.children("struck")),
    )
    reader.finish()
    return inputs


def inputs_to_json(inputs: CardInputs) -> JsonObject:
    """The inputs as JSON, in a fixed order: the same evidence gives the same text."""
    return {
        "ratios": {
            name: {"numerator": _plain(ratio.numerator), "denominator": _plain(ratio.denominator)}
            for name, ratio in sorted(inputs.ratios.items())
        },
        "occurrences": [
            occurrence_to_json(item) for item in sorted(inputs.occurrences, key=lambda item: (item.on, item.identity))
        ],
        "panel": {name: sorted(_plain(value) for value in values) for name, values in sorted(inputs.panel.items())},
        "mobilisation": inputs.mobilisation,
        "struck": [{"app": app, "code": code} for app, code in sorted(inputs.struck)],
    }


def occurrence_to_json(item: Occurrence) -> JsonObject:
    """One occurrence."""
    return {
        "app": item.app,
        "code": item.code,
        "line_id": item.line_id,
        "on": item.on.isoformat(),
        "kind": item.kind,
        "key": item.key,
        "severity": item.severity,
        "quantity": _plain(item.quantity),
        "label": item.label,
        "place": item.place,
    }


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _read_ratio(reader: Reader) -> Ratio:
    ratio = Ratio(reader.number("numerator"), reader.number("denominator"))
    reader.finish()
    return ratio


def _read_ratings(panel: Reader, name: str) -> tuple[Decimal, ...]:
    values = panel.raw(name)
    numbers = [decimal_of(value) for value in values] if isinstance(values, list) else [None]
    if any(number is None or number < 0 for number in numbers):
        panel.errors.append(FieldError(panel.place(name), mark("A list of numbers is expected here.")))
        return ()
    return tuple(number for number in numbers if number is not None)


def _read_occurrence(reader: Reader) -> Occurrence:
    written = reader.text("on")
    try:
        on = date.fromisoformat(written)
    except ValueError:
        reader.fail("on", mark("A date like 2026-10-31 is expected here."))
        on = date.min
    occurrence = Occurrence(
        app=reader.text("app"),
        code=reader.text("code"),
        line_id=reader.integer("line_id"),
        on=on,
        kind=reader.text("kind"),
        key=reader.text("key", default=""),
        severity=reader.text("severity", default="minor"),
        quantity=reader.number("quantity", default=Decimal(1)),
        label=reader.text("label", default=""),
        place=reader.text("place", default=""),
    )
    reader.finish()
    return occurrence


def _interval(interval: Interval | None) -> list[str] | None:
    return None if interval is None else [str(interval.low), str(interval.high)]


def _names(names: Mapping[str, str]) -> JsonObject:
    return dict(names)


def _block(item: BlockResult) -> JsonObject:
    return {
        "key": item.key,
        "name": _names(item.name),
        "weight": text(item.weight),
        "effective_weight": text(item.effective_weight),
        "points": text(item.points),
    }


def _indicator(item: IndicatorResult) -> JsonObject:
    return {
        "key": item.key,
        "block": item.block,
        "name": _names(item.name),
        "dimension": item.dimension.value,
        "status": item.status.value,
        "weight": text(item.weight),
        "effective_weight": text(item.effective_weight),
        "value": text(item.value),
        "value_kind": item.value_kind.value,
        "sample": text(item.sample),
        "needed": text(item.needed),
        "points": text(item.points),
        "interval": _interval(item.interval),
        "rule": rule_text_to_json(item.rule),
    }


def _adjustment(item: AdjustmentResult) -> JsonObject:
    return {
        "key": item.key,
        "section": item.section.value,
        "name": _names(item.name),
        "count": text(item.count),
        "points": text(item.points),
        "rule": rule_text_to_json(item.rule),
    }


def _red_line(item: RedLineResult) -> JsonObject:
    return {
        "key": item.key,
        "name": _names(item.name),
        "effect": item.effect.value,
        "target": item.target,
        "cap_at": text(item.cap_at),
        "occurrences": [{"app": app, "code": code} for app, code in item.occurrences],
    }


def _effect(item: OccurrenceEffect) -> JsonObject:
    return {
        "app": item.occurrence.app,
        "code": item.occurrence.code,
        "section": item.section.value,
        "key": item.key,
        "points": text(item.points),
    }
