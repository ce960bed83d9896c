"""Direct deductions from the sum, and bonuses: what stands beside the weighted indicators."""

from decimal import Decimal

from duban.kernel.occurrence import Occurrence
from duban.kernel.ratios import Ratio
from duban.scorecards.domain.evaluation import charge, charge_by_number, quantity_of
from duban.scorecards.domain.result import AdjustmentResult, CardInputs, OccurrenceEffect, Section
from duban.scorecards.domain.rules import Bands, Linear, OccurrenceBands, PerOccurrence
from duban.scorecards.domain.scheme import Adjustment, SchemeDefinition

ZERO = Decimal(0)

Adjusted = tuple[tuple[AdjustmentResult, ...], tuple[OccurrenceEffect, ...], Decimal]


def adjust(definition: SchemeDefinition, inputs: CardInputs, occurrences: tuple[Occurrence, ...]) -> Adjusted:
    """Results, effects and accrued points of all deductions and bonuses.

    Each occurrence goes to the first that takes it. Deductions count negative. The bonuses together stop at the
    scheme's bonus cap, in scheme order.
    """
    results: list[AdjustmentResult] = []
    effects: list[OccurrenceEffect] = []
    accrued = ZERO
    room = definition.bonus_cap
    rest = list(occurrences)
    plan = [(Section.DEDUCTION, item) for item in definition.deductions] + [
        (Section.BONUS, item) for item in definition.bonuses
    ]
    for section, item in plan:
        taken = [occurrence for occurrence in rest if item.rule.match.takes(occurrence)]
        rest = [occurrence for occurrence in rest if occurrence not in taken]
        limit = item.limit
        if section is Section.BONUS and room is not None:
            limit = room if limit is None else min(limit, room)
        points, costs, own = _points(item, inputs, taken, limit=limit)
        sign = 1 if section is Section.BONUS else -1
        if section is Section.BONUS and room is not None:
            room -= points
        accrued += own if section is Section.DEDUCTION else ZERO
        results.append(
            AdjustmentResult(item.key, section, item.name, quantity_of(taken), sign * points + ZERO, item.rule.describe())
        )
        effects += [OccurrenceEffect(occurrence, section, item.key, sign * cost + ZERO) for occurrence, cost in costs]
    return tuple(results), tuple(effects), accrued


def _points(
    item: Adjustment, inputs: CardInputs, taken: list[Occurrence], *, limit: Decimal | None
) -> tuple[Decimal, tuple[tuple[Occurrence, Decimal], ...], Decimal]:
    rule = item.rule
    if isinstance(rule, PerOccurrence):
        costs, accrued = charge(rule, taken, limit=limit, mobilisation=inputs.mobilisation)
        return sum((cost for _, cost in costs), ZERO), costs, accrued
    if isinstance(rule, OccurrenceBands):
        costs = charge_by_number(rule, taken, limit=limit)
        return sum((cost for _, cost in costs), ZERO), costs, ZERO
    if isinstance(rule, Linear | Bands) and limit is not None:
        value = inputs.ratios.get(rule.metric, Ratio()).value
        return (ZERO if value is None else rule.share(value) * limit), (), ZERO
    return ZERO, (), ZERO
