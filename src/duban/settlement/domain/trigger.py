"""When bad months end a contract: consecutive and cumulative counts that roll over the whole contract term."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from duban.settlement.domain.rates import Consequence


@dataclass(frozen=True)
class Trigger:
    """T1: `consecutive` periods running below `below`, or `cumulative` of them in the contract term; 0 switches one off."""

    below: Decimal
    consecutive: int
    cumulative: int
    consequence: Consequence = Consequence.TERMINATION
    clause: str = ""


@dataclass(frozen=True)
class TriggerState:
    """Where the contract stands after the last period."""

    consecutive: int
    cumulative: int
    is_fired: bool
    by_consecutive: bool
    by_cumulative: bool
    gap_periods: tuple[str, ...]


def evaluate_trigger(trigger: Trigger, scores: Sequence[tuple[str, Decimal | None]]) -> TriggerState:
    """Count the periods of the contract term, oldest first, as (period code, score or `None`).

    The turn of the year resets nothing. A period without a score neither counts nor breaks a run; it is listed as a gap
    so that somebody asks why. Exactly the limit is not below it.
    """
    run = total = 0
    for _, score in scores:
        if score is None:
            continue
        is_bad = score < trigger.below
        run = run + 1 if is_bad else 0
        total += is_bad
    by_consecutive = 0 < trigger.consecutive <= run
    by_cumulative = 0 < trigger.cumulative <= total
    return TriggerState(
        consecutive=run,
        cumulative=total,
        is_fired=by_consecutive or by_cumulative,
        by_consecutive=by_consecutive,
        by_cumulative=by_cumulative,
        gap_periods=tuple(period for period, score in scores if score is None),
    )
