"""One indicator by itself: which share of its weight the evidence earns, before any re-weighting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duban.kernel.occurrence import Occurrence
from duban.kernel.ratios import Interval, Ratio, wilson
from duban.scorecards.domain.result import CardInputs, ValueKind
from duban.scorecards.domain.rules import Bands, Linear, Matching, OccurrenceBands, Panel, PerOccurrence
from duban.scorecards.domain.scheme import Indicator
from duban.scorecards.domain.vocabulary import metric_of

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Evaluation:
    """The share earned (0..1), its interval where sampled, and what each occurrence took from it."""

    value: Decimal | None
    value_kind: ValueKind
    sample: Decimal | None
    share: Decimal
    bounds: Interval | None = None
    costs: tuple[tuple[Occurrence, Decimal], ...] = ()
    accrued: Decimal = ZERO


def evaluate(indicator: Indicator, inputs: CardInputs, claimed: Sequence[Occurrence]) -> Evaluation:
    """Apply the indicator's rule. `claimed` are the unstruck occurrences that belong to it, in order of date."""
    rule = indicator.rule
    match rule:
        case Linear() | Bands():
            return _ratio(rule, inputs, claimed)
        case PerOccurrence():
            costs, accrued = charge(rule, claimed, limit=indicator.weight, mobilisation=inputs.mobilisation)
            return _counted(indicator, inputs, claimed, costs=costs, accrued=accrued)
        case OccurrenceBands():
            costs = charge_by_number(rule, claimed, limit=indicator.weight)
            return _counted(indicator, inputs, claimed, costs=costs, accrued=ZERO)
        case _:
            return _panel(rule, inputs.panel.get(indicator.key, ()))


def charge(
    rule: PerOccurrence, occurrences: Sequence[Occurrence], *, limit: Decimal | None, mobilisation: bool
) -> tuple[tuple[tuple[Occurrence, Decimal], ...], Decimal]:
    """Points each occurrence costs, first come first charged, and the sum before quota and cap.

    The sum charged is min(cap, limit, max(0, Σ prices − free points)); the single costs add up to it exactly.
    """
    cap = min((bound for bound in (rule.cap, limit) if bound is not None), default=None)
    quota = rule.quota(mobilisation=mobilisation)
    accrued = charged = ZERO
    costs = []
    for number, occurrence in enumerate(occurrences):
        accrued += ZERO if number < rule.free else rule.price(occurrence)
        due = max(ZERO, accrued - quota)
        due = due if cap is None else min(cap, due)
        costs.append((occurrence, due - charged))
        charged = due
    return tuple(costs), accrued


def charge_by_number(
    rule: OccurrenceBands, occurrences: Sequence[Occurrence], *, limit: Decimal | None
) -> tuple[tuple[Occurrence, Decimal], ...]:
    """Points by the number so far: the occurrence that opens a higher band carries the difference."""
    count = charged = ZERO
    costs = []
    for occurrence in occurrences:
        count += occurrence.quantity
        due = rule.cost(count) if limit is None else min(limit, rule.cost(count))
        costs.append((occurrence, due - charged))
        charged = due
    return tuple(costs)


def quantity_of(occurrences: Iterable[Occurrence]) -> Decimal:
    """How many places, slots or people together."""
    return sum((occurrence.quantity for occurrence in occurrences), ZERO)


def _ratio(rule: Linear | Bands, inputs: CardInputs, claimed: Sequence[Occurrence]) -> Evaluation:
    measured = inputs.ratios.get(rule.metric, Ratio())
    struck = _struck(inputs, rule.match)
    ratio = _without(measured, struck)
    value = ratio.value
    if value is None:
        return Evaluation(None, ValueKind.SHARE, measured.denominator, ZERO)
    share = rule.share(value)
    metric = metric_of(rule.metric)
    bounds = None
    if metric is not None and metric.sampled:
        reach = wilson(ratio)
        bounds = Interval(rule.share(reach.low), rule.share(reach.high))
    gains: dict[Decimal, Decimal] = {}
    for quantity in {occurrence.quantity for occurrence in claimed}:
        better = _without(ratio, quantity).value
        gains[quantity] = ZERO if better is None else rule.share(better) - share
    costs = tuple((occurrence, gains[occurrence.quantity]) for occurrence in claimed)
    return Evaluation(value, ValueKind.SHARE, measured.denominator, share, bounds, costs)


def _struck(inputs: CardInputs, match: Matching) -> Decimal:
    """How much of what the rule takes was struck by an appeal; mostly nothing was."""
    if not inputs.struck:
        return ZERO
    return quantity_of(item for item in inputs.occurrences if item.identity in inputs.struck and match.takes(item))


def _without(ratio: Ratio, misses: Decimal) -> Ratio:
    """The ratio after `misses` left the sample; the numerator never exceeds what is left."""
    if misses == 0:
        return ratio
    return Ratio(ratio.numerator, max(ratio.denominator - misses, min(ratio.numerator, ratio.denominator)))


def _counted(
    indicator: Indicator,
    inputs: CardInputs,
    claimed: Sequence[Occurrence],
    *,
    costs: tuple[tuple[Occurrence, Decimal], ...],
    accrued: Decimal,
) -> Evaluation:
    rule = indicator.rule
    metric = None if isinstance(rule, Panel) else rule.metric
    sample = inputs.ratios.get(metric, Ratio()).denominator if metric else None
    lost = sum((cost for _, cost in costs), ZERO)
    shares = tuple((occurrence, cost / indicator.weight) for occurrence, cost in costs)
    return Evaluation(quantity_of(claimed), ValueKind.COUNT, sample, ONE - lost / indicator.weight, None, shares, accrued)


def _panel(rule: Panel, ratings: Sequence[Decimal]) -> Evaluation:
    ordered = sorted(ratings)
    kept = ordered[rule.trim : len(ordered) - rule.trim] if len(ordered) > 2 * rule.trim else []
    sample = Decimal(len(ordered))
    if not kept:
        return Evaluation(None, ValueKind.RATING, sample, ZERO)
    mean = sum(kept, ZERO) / len(kept)
    return Evaluation(mean, ValueKind.RATING, sample, min(max(mean / rule.scale, ZERO), ONE))


def is_sufficient(indicator: Indicator, evaluation: Evaluation) -> bool:
    """Whether there is a value and at least the minimum sample behind it; a sample of nothing is never enough."""
    if evaluation.value is None:
        return False
    if evaluation.sample is None:
        return True
    return evaluation.sample > 0 and evaluation.sample >= indicator.minimum_sample
