"""The score of one card: a pure function from scheme and evidence to points, with the way there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duban.kernel.occurrence import Occurrence
from duban.kernel.ratios import Interval
from duban.scorecards.domain.adjustments import adjust
from duban.scorecards.domain.evaluation import Evaluation, evaluate, is_sufficient
from duban.scorecards.domain.red_lines import apply_red_lines, crossed, zeroed_keys
from duban.scorecards.domain.result import (
    BlockResult,
    CardInputs,
    CardResult,
    IndicatorResult,
    OccurrenceEffect,
    Outcome,
    RedLineResult,
    Section,
    Status,
)
from duban.scorecards.domain.scheme import Aggregation, Block, Dimension, Effect, Indicator, NoData, SchemeDefinition
from duban.scorecards.domain.steps import trace_of

ZERO = Decimal(0)
TENTH = Decimal("0.1")
CARRIED = Decimal("0.0000000001")
"""Points are carried with ten decimals, so that a division never tips a score over a half."""


@dataclass(frozen=True)
class _Weighed:
    """An indicator with its evaluation and status, and how its weight is stretched by missing neighbours."""

    indicator: Indicator
    block: Block
    evaluation: Evaluation
    status: Status
    stretch: Decimal = Decimal(1)


def score_card(definition: SchemeDefinition, inputs: CardInputs) -> CardResult:
    """Score one line and period.

    Points = share × weight; weights of indicators without evidence go to their block, of empty blocks to the other
    blocks. Score = Σ points − deductions + bonuses, kept within 0..ceiling, then red lines, then one decimal half up.
    Every occurrence is charged at most once: the first indicator, deduction or bonus in scheme order that takes it.
    The order of the evidence does not matter. A held card has no score. Nothing is raised for missing evidence.
    """
    live = _in_order(item for item in inputs.occurrences if item.identity not in inputs.struck)
    lines = crossed(definition, live)
    zeroed = zeroed_keys(lines)
    claims, unclaimed = _claim(definition, live)
    weighed = _stretch(
        definition,
        [
            _weigh(definition, block, item, inputs, claims[item.key], zeroed)
            for block in definition.blocks
            for item in block.indicators
        ],
    )
    indicators = tuple(_indicator_result(item) for item in weighed)
    adjustments, adjustment_effects, accrued = adjust(definition, inputs, unclaimed)
    subtotal = sum((item.points for item in indicators if item.points is not None), ZERO)
    outcome = _outcome(definition, indicators)
    change = sum((item.points for item in adjustments), ZERO)
    exact = min(max(subtotal + change, ZERO), definition.ceiling)
    score, outcome, is_failed = apply_red_lines(lines, exact, outcome)
    blocks = tuple(_block_result(block, indicators) for block in definition.blocks)
    effects = (*_indicator_effects(weighed), *adjustment_effects)
    rounded = None if outcome is not Outcome.SCORED else round_score(score)
    return CardResult(
        outcome=outcome,
        score=rounded,
        interval=_interval(indicators, score, subtotal, change, definition.ceiling) if rounded is not None else None,
        maximum=definition.maximum,
        ceiling=definition.ceiling,
        is_failed=is_failed,
        blocks=blocks,
        indicators=indicators,
        adjustments=adjustments,
        red_lines=lines,
        effects=(*effects, *_red_line_effects(lines, live, effects, weighed, score - exact)),
        dimensions=_dimensions(indicators),
        accrued_points=accrued + sum((item.evaluation.accrued for item in weighed), ZERO),
        trace=trace_of(
            definition, indicators, blocks, adjustments, lines, subtotal=subtotal, exact=exact, outcome=outcome, score=rounded
        ),
    )


def round_score(score: Decimal) -> Decimal:
    """One decimal, half up, from points carried with ten decimals."""
    return score.quantize(CARRIED, rounding=ROUND_HALF_UP).quantize(TENTH, rounding=ROUND_HALF_UP)


def aggregate(scores: Sequence[tuple[Decimal | None, Decimal]], method: Aggregation) -> Decimal | None:
    """One score from several sites given as (score, weight): weighted mean, or the lowest (domain table T5).

    Sites without a score do not count; `None` if there is none at all. One decimal, half up.
    """
    known = [(score, weight) for score, weight in scores if score is not None and weight > 0]
    if not known:
        return None
    if method is Aggregation.MINIMUM:
        return round_score(min(score for score, _ in known))
    weights = sum((weight for _, weight in known), ZERO)
    return round_score(sum((score * weight for score, weight in known), ZERO) / weights)


def _in_order(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    unique = {occurrence.identity: occurrence for occurrence in occurrences}
    return tuple(sorted(unique.values(), key=lambda item: (item.on, item.app, item.code)))


def _claim(
    definition: SchemeDefinition, live: tuple[Occurrence, ...]
) -> tuple[dict[str, list[Occurrence]], tuple[Occurrence, ...]]:
    """Hand every occurrence to the first indicator that takes it; the rest is left for deductions and bonuses."""
    claims: dict[str, list[Occurrence]] = {indicator.key: [] for indicator in definition.indicators()}
    rest = []
    matches = [(indicator.key, indicator.rule.match) for indicator in definition.indicators()]
    owners: dict[tuple[str, str, str], str | None] = {}
    for occurrence in live:
        sort = (occurrence.kind, occurrence.key, occurrence.severity)
        if sort not in owners:
            owners[sort] = next((key for key, match in matches if match.takes(occurrence)), None)
        owner = owners[sort]
        if owner is None:
            rest.append(occurrence)
        else:
            claims[owner].append(occurrence)
    return claims, tuple(rest)


def _weigh(
    definition: SchemeDefinition,
    block: Block,
    indicator: Indicator,
    inputs: CardInputs,
    claimed: Sequence[Occurrence],
    zeroed: frozenset[str],
) -> _Weighed:
    evaluation = evaluate(indicator, inputs, claimed)
    if indicator.key in zeroed:
        return _Weighed(indicator, block, evaluation, Status.RED_LINE)
    if is_sufficient(indicator, evaluation):
        return _Weighed(indicator, block, evaluation, Status.OK)
    policy = indicator.no_data or definition.no_data
    return _Weighed(indicator, block, evaluation, _POLICY_STATUS[policy])


_POLICY_STATUS = {NoData.EXCLUDE: Status.INSUFFICIENT, NoData.HOLD: Status.HOLDING, NoData.FULL: Status.ASSUMED}
_WITHOUT_POINTS = (Status.INSUFFICIENT, Status.HOLDING)


def _stretch(definition: SchemeDefinition, weighed: Sequence[_Weighed]) -> list[_Weighed]:
    """Spread the weight of what has no evidence: first inside its block, then over the blocks."""
    counted: dict[str, Decimal] = {}
    for item in weighed:
        if item.status not in _WITHOUT_POINTS:
            counted[item.block.key] = counted.get(item.block.key, ZERO) + item.indicator.weight
    blocks = sum((block.weight for block in definition.blocks if block.key in counted), ZERO)
    stretched = []
    for item in weighed:
        inside = counted.get(item.block.key)
        factor = ZERO
        if inside is not None and item.status not in _WITHOUT_POINTS:
            factor = (
                Decimal(1)
                if (inside, blocks) == (item.block.weight, definition.maximum)
                else item.block.weight * definition.maximum / (inside * blocks)
            )
        stretched.append(_Weighed(item.indicator, item.block, item.evaluation, item.status, factor))
    return stretched


def _indicator_result(item: _Weighed) -> IndicatorResult:
    indicator, evaluation = item.indicator, item.evaluation
    weight = _carried(indicator.weight * item.stretch)
    share = {Status.ASSUMED: Decimal(1), Status.RED_LINE: ZERO}.get(item.status, evaluation.share)
    points = None if item.status in _WITHOUT_POINTS else _carried(share * weight)
    interval = None
    if item.status is Status.OK and evaluation.bounds is not None:
        interval = Interval(_carried(evaluation.bounds.low * weight), _carried(evaluation.bounds.high * weight))
    return IndicatorResult(
        key=indicator.key,
        block=item.block.key,
        name=indicator.name,
        dimension=indicator.dimension,
        status=item.status,
        weight=indicator.weight,
        effective_weight=weight,
        value=evaluation.value,
        value_kind=evaluation.value_kind,
        sample=evaluation.sample,
        needed=indicator.minimum_sample,
        points=points,
        interval=interval,
        rule=indicator.rule_text,
    )


def _indicator_effects(weighed: Sequence[_Weighed]) -> Iterable[OccurrenceEffect]:
    for item in weighed:
        weight = item.indicator.weight * item.stretch if item.status is Status.OK else ZERO
        for occurrence, share in item.evaluation.costs:
            yield OccurrenceEffect(occurrence, Section.INDICATOR, item.indicator.key, -_carried(share * weight))


def _red_line_effects(
    lines: tuple[RedLineResult, ...],
    live: tuple[Occurrence, ...],
    charged: Sequence[OccurrenceEffect],
    weighed: Sequence[_Weighed],
    change: Decimal,
) -> Iterable[OccurrenceEffect]:
    """Occurrences that only a red line takes: the first carries what its line took from the indicator or the score."""
    by_identity = {occurrence.identity: occurrence for occurrence in live}
    seen = {effect.occurrence.identity for effect in charged}
    lost = {item.indicator.key: -_carried(item.evaluation.share * item.indicator.weight * item.stretch) for item in weighed}
    for line in lines:
        points = lost[line.target] if line.effect is Effect.ZERO_INDICATOR else change
        for identity in line.occurrences:
            if identity not in seen:
                seen.add(identity)
                yield OccurrenceEffect(by_identity[identity], Section.RED_LINE, line.key, points)
                points = ZERO
        change = ZERO if line.effect is not Effect.ZERO_INDICATOR else change


def _block_result(block: Block, indicators: Sequence[IndicatorResult]) -> BlockResult:
    inside = [item for item in indicators if item.block == block.key and item.points is not None]
    points = sum((item.points for item in inside if item.points is not None), ZERO) if inside else None
    return BlockResult(block.key, block.name, block.weight, sum((item.effective_weight for item in inside), ZERO), points)


def _outcome(definition: SchemeDefinition, indicators: Sequence[IndicatorResult]) -> Outcome:
    """Held if an indicator says so, or if less than the minimum weight has evidence of its own."""
    if not definition.is_scored:
        return Outcome.UNSCORED
    if any(item.status is Status.HOLDING for item in indicators):
        return Outcome.HELD
    counted = sum((item.weight for item in indicators if item.points is not None), ZERO)
    return Outcome.HELD if counted == 0 or counted * 100 < definition.minimum_weight * definition.maximum else Outcome.SCORED


def _interval(
    indicators: Sequence[IndicatorResult], score: Decimal, subtotal: Decimal, change: Decimal, ceiling: Decimal
) -> Interval | None:
    """Interval of the score where evidence is sampled.

    Wilson interval of each sampled share (95 %), carried through its rule; the distances to both sides are added as
    squares (method of variance estimates recovery), indicators being sampled independently. Deductions are counted
    in full, red lines shift both ends; kept within 0..ceiling and around the score; one decimal half up.
    """
    sampled = [item for item in indicators if item.interval is not None and item.points is not None]
    if not sampled:
        return None
    down = sum(
        ((item.points - item.interval.low) ** 2 for item in sampled if item.points is not None and item.interval), ZERO
    ).sqrt()
    up = sum(
        ((item.interval.high - item.points) ** 2 for item in sampled if item.points is not None and item.interval), ZERO
    ).sqrt()
    centre = subtotal + change
    low = min(max(centre - down, ZERO), score)
    high = max(min(centre + up, ceiling), score) if score >= min(max(centre, ZERO), ceiling) else score
    return Interval(round_score(low), round_score(high))


def _dimensions(indicators: Sequence[IndicatorResult]) -> dict[str, Decimal | None]:
    """Percent earned per side of the radar; nothing where no indicator with evidence stands for it."""
    result: dict[str, Decimal | None] = {}
    for dimension in Dimension:
        inside = [item for item in indicators if item.dimension is dimension and item.points is not None]
        weight = sum((item.effective_weight for item in inside), ZERO)
        points = sum((item.points for item in inside if item.points is not None), ZERO)
        result[dimension.value] = round_score(points * 100 / weight) if weight else None
    return result


def _carried(number: Decimal) -> Decimal:
    return number.quantize(CARRIED, rounding=ROUND_HALF_UP)
