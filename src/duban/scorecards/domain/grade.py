"""The grade of a vendor on one service line, from its rolling scores, and what the contract's triggers propose.

Nothing here decides: the result is a proposal with its reasons, which a person confirms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from duban.kernel.bands import BandTable, descending
from duban.kernel.text import mark
from duban.scorecards.domain.rules import plain
from duban.scorecards.domain.scoring import round_score

GRADES = ("A", "B", "C", "D")
"""From best to worst."""


T = TypeVar("T")


class Measure(StrEnum):
    """What a trigger proposes, from mild to hard."""

    RECTIFY = "rectify"
    WARN = "warn"
    PROBATION = "probation"
    TERMINATE = "terminate"


class Renewal(StrEnum):
    """What the yearly mean says about renewal."""

    PRIORITY = "priority"
    CONDITIONAL = "conditional"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PeriodScore:
    """One closed period of the contract term; no score where data were insufficient or the month is missing."""

    period: str
    score: Decimal | None


GRADE_BANDS = descending(("90", "A"), ("80", "B"), ("70", "C"), (None, "D"))
RENEWAL_BANDS = descending(("90", Renewal.PRIORITY), ("75", Renewal.CONDITIONAL), (None, Renewal.NONE))


@dataclass(frozen=True)
class GradeRules:
    """Bands and triggers (domain tables T1 and T2; the renewal line is our suggestion).

    `fail_below` is the line of a failed period; `running` failed periods in a row or `in_term` in the whole contract
    term propose termination. A period without a score neither breaks nor lengthens a row, but is flagged.
    """

    bands: BandTable[str] = GRADE_BANDS
    rectify_below: Decimal = Decimal(85)
    warn_below: Decimal = Decimal(80)
    fail_below: Decimal = Decimal(70)
    running: int = 2
    in_term: int = 3
    renewal: BandTable[Renewal] = RENEWAL_BANDS
    window: int = 12
    minimum_periods: int = 3


@dataclass(frozen=True)
class Reason:
    """One sentence of the proposal: a source text, its values, and the periods it rests on."""

    template: str
    params: Mapping[str, str]
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Trigger:
    """A measure the rules propose, and why."""

    measure: Measure
    reason: Reason


@dataclass(frozen=True)
class GradeProposal:
    """Grade (empty with too few scored periods), mean of the window (one decimal, half up), triggers, gaps, renewal."""

    grade: str | None
    average: Decimal | None
    scored_periods: int
    triggers: tuple[Trigger, ...]
    missing: tuple[str, ...]
    renewal: Renewal

    @property
    def measure(self) -> Measure | None:
        """The hardest measure proposed."""
        order = list(Measure)
        return max((trigger.measure for trigger in self.triggers), key=order.index, default=None)


DEFAULT_RULES = GradeRules()


def propose_grade(periods: Sequence[PeriodScore], rules: GradeRules = DEFAULT_RULES) -> GradeProposal:
    """Propose a grade from the periods of the contract term, oldest first; the term does not reset at new year.

    The mean is taken over the last `window` periods that have a score. Triggers look at the latest scored period
    and back: each is reported once, with the periods that make it.
    """
    scored = [item for item in periods if item.score is not None]
    recent = [item.score for item in periods[-rules.window :] if item.score is not None]
    average = round_score(sum(recent, Decimal(0)) / len(recent)) if len(recent) >= rules.minimum_periods else None
    return GradeProposal(
        grade=_value(rules.bands, average),
        average=average,
        scored_periods=len(recent),
        triggers=tuple(_triggers(scored, rules)),
        missing=tuple(item.period for item in periods if item.score is None),
        renewal=_value(rules.renewal, average) or Renewal.UNKNOWN,
    )


def _value(table: BandTable[T], average: Decimal | None) -> T | None:
    band = None if average is None else table.find(average)
    return None if band is None else band.value


def _triggers(scored: Sequence[PeriodScore], rules: GradeRules) -> list[Trigger]:
    if not scored or scored[-1].score is None:
        return []
    triggers = _termination(scored, rules)
    latest = scored[-1]
    steps = (
        (rules.fail_below, Measure.PROBATION, mark("{period}: {score} is below {line}; probation and deduction by contract.")),
        (rules.warn_below, Measure.WARN, mark("{period}: {score} is below {line}; written warning and interview.")),
        (rules.rectify_below, Measure.RECTIFY, mark("{period}: {score} is below {line}; rectification order.")),
    )
    for line, measure, template in steps:
        if latest.score is not None and latest.score < line:
            params = {"period": latest.period, "score": plain(latest.score), "line": plain(line)}
            return [*triggers, Trigger(measure, Reason(template, params, (latest.period,)))]
    return triggers


def _termination(scored: Sequence[PeriodScore], rules: GradeRules) -> list[Trigger]:
    failed = [item for item in scored if item.score is not None and item.score < rules.fail_below]
    row: list[PeriodScore] = []
    for item in reversed(scored):
        if item.score is None or item.score >= rules.fail_below:
            break
        row.insert(0, item)
    found = []
    params = {"line": plain(rules.fail_below), "count": str(len(row))}
    if len(row) >= rules.running:
        template = mark("{count} periods running below {line}: termination procedure.")
        found.append(Trigger(Measure.TERMINATE, Reason(template, params, tuple(item.period for item in row))))
    if len(failed) >= rules.in_term:
        template = mark("{count} periods below {line} in the contract term: termination procedure.")
        reason = Reason(template, {**params, "count": str(len(failed))}, tuple(item.period for item in failed))
        found.append(Trigger(Measure.TERMINATE, reason))
    return found
