"""Vetoes: occurrences that override the arithmetic."""

from collections.abc import Sequence
from decimal import Decimal

from duban.kernel.occurrence import Occurrence
from duban.scorecards.domain.result import Outcome, RedLineResult
from duban.scorecards.domain.scheme import Effect, SchemeDefinition


def crossed(definition: SchemeDefinition, occurrences: Sequence[Occurrence]) -> tuple[RedLineResult, ...]:
    """The red lines that at least one occurrence crossed, in scheme order."""
    results = []
    for line in definition.red_lines:
        hits = tuple(occurrence.identity for occurrence in occurrences if line.match.takes(occurrence))
        if hits:
            results.append(RedLineResult(line.key, line.name, line.effect, line.target, line.cap_at, hits))
    return tuple(results)


def zeroed_keys(lines: Sequence[RedLineResult]) -> frozenset[str]:
    """Keys of the indicators that earn nothing because of a red line."""
    return frozenset(line.target for line in lines if line.effect is Effect.ZERO_INDICATOR)


def apply_red_lines(lines: Sequence[RedLineResult], score: Decimal, outcome: Outcome) -> tuple[Decimal, Outcome, bool]:
    """Score, outcome and whether the card fails, after the red lines.

    `zero_card` gives 0 even where evidence is missing elsewhere: the red line is itself the evidence.
    """
    if any(line.effect is Effect.ZERO_CARD for line in lines):
        return Decimal(0), Outcome.UNSCORED if outcome is Outcome.UNSCORED else Outcome.SCORED, True
    caps = [line.cap_at for line in lines if line.effect is Effect.CAP and line.cap_at is not None]
    return min([score, *caps]), outcome, any(line.effect is Effect.FAIL for line in lines)
