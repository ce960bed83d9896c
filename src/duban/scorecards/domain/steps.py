"""The trace of a score: every step with its rule, inputs and result, in the order of the arithmetic."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from duban.kernel.text import mark
from duban.kernel.trace import Step
from duban.scorecards.domain.result import (
    AdjustmentResult,
    BlockResult,
    IndicatorResult,
    Outcome,
    RedLineResult,
    Section,
    Status,
    ValueKind,
)
from duban.scorecards.domain.rules import percent, plain
from duban.scorecards.domain.scheme import SchemeDefinition

STATUS_RULES = {
    Status.OK: mark("share of the weight by the rule × weight in force"),
    Status.INSUFFICIENT: mark("sample {sample} is below the {needed} needed: not counted, weight goes to the others"),
    Status.ASSUMED: mark("sample {sample} is below the {needed} needed: counted in full, as the scheme says"),
    Status.HOLDING: mark("sample {sample} is below the {needed} needed: the card is held, as the scheme says"),
    Status.RED_LINE: mark("zero by a red line"),
}


def trace_of(
    definition: SchemeDefinition,
    indicators: Sequence[IndicatorResult],
    blocks: Sequence[BlockResult],
    adjustments: Sequence[AdjustmentResult],
    red_lines: Sequence[RedLineResult],
    *,
    subtotal: Decimal,
    exact: Decimal,
    outcome: Outcome,
    score: Decimal | None,
) -> tuple[Step, ...]:
    """All steps; `refs` name the indicator, block or rule by its key."""
    steps = [_indicator_step(item) for item in indicators]
    steps += [_block_step(item) for item in blocks]
    steps.append(
        Step(mark("Sum of the blocks"), mark("Σ points of the blocks"), plain(subtotal), {"maximum": plain(definition.maximum)})
    )
    steps += [_adjustment_step(item) for item in adjustments]
    inputs = {"subtotal": plain(subtotal), "ceiling": plain(definition.ceiling)}
    inputs["change"] = plain(sum((item.points for item in adjustments), Decimal(0)))
    steps.append(
        Step(
            mark("Sum with deductions and bonuses"),
            mark("{subtotal} + ({change}), kept within 0 and {ceiling}"),
            plain(exact),
            inputs,
        )
    )
    steps += [_red_line_step(item) for item in red_lines]
    steps.extend(_final_steps(definition, outcome, score))
    return tuple(steps)


def _indicator_step(item: IndicatorResult) -> Step:
    value = _shown(item)
    inputs = {
        "key": item.key,
        "value": value,
        "sample": plain(item.sample),
        "needed": plain(item.needed),
        "weight": plain(item.weight),
        "effective_weight": plain(item.effective_weight),
    }
    return Step(mark("Indicator {key}"), STATUS_RULES[item.status], plain(item.points), inputs, (item.key,))


def _shown(item: IndicatorResult) -> str:
    """The value with at most six decimals: enough to follow, the exact one follows from the ratio."""
    value = None if item.value is None else round(item.value, 6)
    return percent(value) if item.value_kind is ValueKind.SHARE else plain(value)


def _block_step(item: BlockResult) -> Step:
    inputs = {"key": item.key, "weight": plain(item.weight), "effective_weight": plain(item.effective_weight)}
    rule = (
        mark("Σ points of its indicators")
        if item.points is not None
        else mark("no evidence: its weight goes to the other blocks")
    )
    return Step(mark("Block {key}"), rule, plain(item.points), inputs, (item.key,))


def _adjustment_step(item: AdjustmentResult) -> Step:
    label = mark("Bonus {key}") if item.section is Section.BONUS else mark("Deduction {key}")
    return Step(
        label,
        item.rule.template,
        plain(item.points),
        {"key": item.key, "count": plain(item.count), **item.rule.params},
        (item.key,),
    )


def _red_line_step(item: RedLineResult) -> Step:
    inputs = {"key": item.key, "target": item.target, "cap_at": plain(item.cap_at), "count": str(len(item.occurrences))}
    return Step(mark("Red line {key}"), mark("crossed {count} times"), item.effect.value, inputs, (item.key,))


def _final_steps(definition: SchemeDefinition, outcome: Outcome, score: Decimal | None) -> Iterator[Step]:
    if outcome is Outcome.HELD:
        rule = mark("less than {minimum} % of the weight has evidence, or an indicator holds the card: no score")
        yield Step(mark("Insufficient data"), rule, "–", {"minimum": plain(definition.minimum_weight)})
    elif outcome is Outcome.UNSCORED:
        yield Step(mark("Not scored"), mark("this table collects facts for the statement; it has no score"), "–")
    else:
        yield Step(mark("Score"), mark("rounded half up to one decimal"), plain(score))
