"""Scheme definitions to and from JSON. Reading is strict: weights, bands, metrics, rules and names are all checked."""

from collections.abc import Mapping
from decimal import Decimal

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.scorecards.domain.reader import Reader
from duban.scorecards.domain.rule_json import JsonObject, matching_to_json, read_matching, read_rule, rule_to_json
from duban.scorecards.domain.rules import Bands, Linear, OccurrenceBands, Panel, PerOccurrence
from duban.scorecards.domain.scheme import (
    Adjustment,
    Aggregation,
    Block,
    Cycle,
    Dimension,
    Effect,
    Indicator,
    NoData,
    RedLine,
    SchemeDefinition,
)

CONFIDENCE = ("A", "B", "C", "G")
"""How sure a source is: A law or standard, B a real table, C the open web, G our own suggestion."""


def from_json(document: object) -> SchemeDefinition:
    """The definition in `document`. Raises `Invalid` with every fault by field path; nothing is repaired in silence."""
    errors: list[FieldError] = []
    definition = _read(Reader(document, path="", errors=errors))
    if not errors:
        errors += consistency_errors(definition)
    if errors:
        raise Invalid(mark("The scheme is not sound."), errors=tuple(errors))
    return definition


def consistency_errors(definition: SchemeDefinition) -> list[FieldError]:
    """Faults that only show in the whole: sums of weights, doubled keys, targets that do not exist, untested fullness."""
    return [
        *_weight_errors(definition),
        *_key_errors(definition),
        *_overlap_errors(definition),
        *_unproven_errors(definition),
        *_red_line_errors(definition),
        *_adjustment_errors(definition),
    ]


def _unproven_errors(definition: SchemeDefinition) -> list[FieldError]:
    message = mark("Name the metric that proves somebody looked; no finding alone is no evidence.")
    return [
        FieldError(f"blocks[{number}].indicators[{position}].rule.metric", message)
        for number, block in enumerate(definition.blocks)
        for position, indicator in enumerate(block.indicators)
        if isinstance(indicator.rule, PerOccurrence | OccurrenceBands) and indicator.rule.metric is None
    ]


def _red_line_errors(definition: SchemeDefinition) -> list[FieldError]:
    errors = []
    keys = {indicator.key for indicator in definition.indicators()}
    for number, line in enumerate(definition.red_lines):
        if line.effect is Effect.ZERO_INDICATOR and line.target not in keys:
            errors.append(
                FieldError(f"red_lines[{number}].target", mark("There is no indicator “{key}”."), {"key": line.target})
            )
        if line.effect is Effect.CAP and line.cap_at is None:
            errors.append(FieldError(f"red_lines[{number}].cap_at", mark("A cap needs its score.")))
    return errors


def _adjustment_errors(definition: SchemeDefinition) -> list[FieldError]:
    errors = []
    for number, deduction in enumerate(definition.deductions):
        if not isinstance(deduction.rule, PerOccurrence | OccurrenceBands):
            errors.append(FieldError(f"deductions[{number}].rule.type", mark("A deduction counts occurrences.")))
    for number, bonus in enumerate(definition.bonuses):
        if isinstance(bonus.rule, Panel) or (not isinstance(bonus.rule, PerOccurrence) and bonus.limit is None):
            message = mark("A bonus counts occurrences, or has a limit and a metric.")
            errors.append(FieldError(f"bonuses[{number}].rule.type", message))
    return errors


def _weight_errors(definition: SchemeDefinition) -> list[FieldError]:
    errors = []
    blocks = sum((block.weight for block in definition.blocks), Decimal(0))
    template = mark("The weights add up to {total}, not {expected}.")
    if blocks != definition.maximum:
        errors.append(FieldError("blocks", template, {"total": str(blocks), "expected": str(definition.maximum)}))
    for number, block in enumerate(definition.blocks):
        inside = sum((indicator.weight for indicator in block.indicators), Decimal(0))
        if inside != block.weight:
            errors.append(
                FieldError(f"blocks[{number}].indicators", template, {"total": str(inside), "expected": str(block.weight)})
            )
    if definition.ceiling < definition.maximum:
        errors.append(FieldError("ceiling", mark("The highest score may not lie below the sum of the weights.")))
    return errors


def _key_errors(definition: SchemeDefinition) -> list[FieldError]:
    errors: list[FieldError] = []
    seen: set[str] = set()
    places = [
        (f"blocks[{n}].indicators[{i}].key", item.key)
        for n, block in enumerate(definition.blocks)
        for i, item in enumerate(block.indicators)
    ]
    places += [(f"deductions[{n}].key", item.key) for n, item in enumerate(definition.deductions)]
    places += [(f"bonuses[{n}].key", item.key) for n, item in enumerate(definition.bonuses)]
    for place, key in places:
        if key in seen:
            errors.append(FieldError(place, mark("The key “{key}” is used twice."), {"key": key}))
        seen.add(key)
    return errors


def _overlap_errors(definition: SchemeDefinition) -> list[FieldError]:
    """One fact may not lower two indicators: a metric twice, or a metric beside one of its own parts."""
    errors: list[FieldError] = []
    seen: list[str] = []
    for number, block in enumerate(definition.blocks):
        for position, indicator in enumerate(block.indicators):
            if not isinstance(indicator.rule, Linear | Bands):
                continue
            metric = indicator.rule.metric
            if any(metric == other or metric.startswith(f"{other}:") or other.startswith(f"{metric}:") for other in seen):
                place = f"blocks[{number}].indicators[{position}].rule.metric"
                errors.append(
                    FieldError(place, mark("“{metric}” is already measured by another indicator."), {"metric": metric})
                )
            seen.append(metric)
    return errors


def to_json(definition: SchemeDefinition) -> JsonObject:
    """The definition as JSON; `from_json(to_json(x)) == x`."""
    document: JsonObject = {
        "code": definition.code,
        "name": dict(definition.name),
        "service_line": definition.service_line,
        "cycle": definition.cycle.value,
        "source": definition.source,
        "confidence": definition.confidence,
        "maximum": str(definition.maximum),
        "ceiling": str(definition.ceiling),
        "minimum_weight": str(definition.minimum_weight),
        "no_data": definition.no_data.value,
        "aggregation": definition.aggregation.value,
        "is_scored": definition.is_scored,
        "payment": definition.payment,
        "blocks": [_block_to_json(block) for block in definition.blocks],
        "deductions": [_adjustment_to_json(item) for item in definition.deductions],
        "bonuses": [_adjustment_to_json(item) for item in definition.bonuses],
        "bonus_cap": None if definition.bonus_cap is None else str(definition.bonus_cap),
        "red_lines": [_red_line_to_json(line) for line in definition.red_lines],
    }
    if definition.note is not None:
        document["note"] = dict(definition.note)
    return document


def _read(reader: Reader) -> SchemeDefinition:
    maximum = reader.number("maximum", default=Decimal(100))
    confidence = reader.text("confidence")
    if confidence and confidence not in CONFIDENCE:
        reader.fail("confidence", mark("One of these is expected: {choices}."), choices=", ".join(CONFIDENCE))
    definition = SchemeDefinition(
        code=reader.text("code"),
        name=reader.names("name"),
        service_line=reader.text("service_line"),
        cycle=reader.choice("cycle", Cycle, default=Cycle.MONTH),
        source=reader.text("source"),
        confidence=confidence,
        maximum=maximum,
        ceiling=reader.number("ceiling", default=maximum),
        minimum_weight=reader.number("minimum_weight", default=Decimal(50)),
        no_data=reader.choice("no_data", NoData, default=NoData.EXCLUDE),
        aggregation=reader.choice("aggregation", Aggregation, default=Aggregation.WEIGHTED),
        blocks=tuple(_read_block(item) for item in reader.children("blocks")),
        deductions=tuple(_read_adjustment(item) for item in reader.children("deductions")),
        bonuses=tuple(_read_adjustment(item) for item in reader.children("bonuses")),
        bonus_cap=reader.optional_number("bonus_cap"),
        red_lines=tuple(_read_red_line(item) for item in reader.children("red_lines")),
        is_scored=reader.boolean("is_scored", default=True),
        payment=reader.text("payment", default=""),
        note=reader.names("note") if reader.has("note") else None,
    )
    reader.finish()
    return definition


def _read_block(reader: Reader) -> Block:
    block = Block(
        key=reader.text("key"),
        name=reader.names("name"),
        weight=reader.number("weight"),
        indicators=tuple(_read_indicator(item) for item in reader.children("indicators")),
    )
    reader.finish()
    return block


def _read_indicator(reader: Reader) -> Indicator:
    weight = reader.number("weight")
    if weight == 0:
        reader.fail("weight", mark("The weight must be above 0."))
    indicator = Indicator(
        key=reader.text("key"),
        name=reader.names("name"),
        weight=weight,
        rule=read_rule(reader.child("rule")),
        dimension=reader.choice("dimension", Dimension, default=Dimension.QUALITY),
        minimum_sample=reader.number("minimum_sample", default=Decimal(0)),
        no_data=reader.choice("no_data", NoData, default=NoData.EXCLUDE) if reader.has("no_data") else None,
    )
    reader.finish()
    return indicator


def _read_adjustment(reader: Reader) -> Adjustment:
    adjustment = Adjustment(
        key=reader.text("key"),
        name=reader.names("name"),
        rule=read_rule(reader.child("rule")),
        limit=reader.optional_number("limit"),
    )
    reader.finish()
    return adjustment


def _read_red_line(reader: Reader) -> RedLine:
    line = RedLine(
        key=reader.text("key"),
        name=reader.names("name"),
        match=read_matching(reader),
        effect=reader.choice("effect", Effect, default=Effect.FAIL),
        target=reader.text("target", default=""),
        cap_at=reader.optional_number("cap_at"),
    )
    reader.finish()
    return line


def _block_to_json(block: Block) -> JsonObject:
    indicators = [_indicator_to_json(indicator) for indicator in block.indicators]
    return {"key": block.key, "name": dict(block.name), "weight": str(block.weight), "indicators": indicators}


def _indicator_to_json(indicator: Indicator) -> JsonObject:
    document: JsonObject = {
        "key": indicator.key,
        "name": dict(indicator.name),
        "weight": str(indicator.weight),
        "dimension": indicator.dimension.value,
        "minimum_sample": str(indicator.minimum_sample),
        "rule": rule_to_json(indicator.rule),
    }
    if indicator.no_data is not None:
        document["no_data"] = indicator.no_data.value
    return document


def _adjustment_to_json(adjustment: Adjustment) -> JsonObject:
    limit = None if adjustment.limit is None else str(adjustment.limit)
    return {"key": adjustment.key, "name": dict(adjustment.name), "limit": limit, "rule": rule_to_json(adjustment.rule)}


def _red_line_to_json(line: RedLine) -> JsonObject:
    cap_at = None if line.cap_at is None else str(line.cap_at)
    document: JsonObject = {
        "key": line.key,
        "name": dict(line.name),
        **matching_to_json(line.match),
        "effect": line.effect.value,
    }
    return {**document, "target": line.target, "cap_at": cap_at}


def names_of(document: Mapping[str, object]) -> Mapping[str, str]:
    """The names in a stored definition, without reading the rest."""
    names = document.get("name")
    return {str(key): str(value) for key, value in names.items()} if isinstance(names, Mapping) else {}
