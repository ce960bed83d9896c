"""What goes into a score and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from duban.kernel.occurrence import Occurrence
from duban.kernel.ratios import Interval, Ratio
from duban.kernel.trace import Step
from duban.scorecards.domain.rules import RuleText
from duban.scorecards.domain.scheme import Dimension, Effect, Names

Identity = tuple[str, str]
"""App and code of an occurrence."""


@dataclass(frozen=True)
class CardInputs:
    """The evidence of one line and one period.

    `ratios` by metric name; `panel` ratings by indicator key; `mobilisation` says the line is in its grace period;
    `struck` are occurrences an appeal has taken out: they cost nothing and leave the sample of their metric.
    """

    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    occurrences: tuple[Occurrence, ...] = ()
    panel: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    mobilisation: bool = False
    struck: frozenset[Identity] = frozenset()


class Outcome(StrEnum):
    """Whether there is a score. `held` means too little evidence: no score, neither 100 nor 0."""

    SCORED = "scored"
    HELD = "held"
    UNSCORED = "unscored"


class Status(StrEnum):
    """How an indicator fared.

    `insufficient`: too little evidence, weight given to others. `assumed`: too little, counted in full because the
    scheme says so. `holding`: too little, and the scheme holds the whole card. `red_line`: zeroed by a red line.
    """

    OK = "ok"
    INSUFFICIENT = "insufficient"
    ASSUMED = "assumed"
    HOLDING = "holding"
    RED_LINE = "red_line"


class ValueKind(StrEnum):
    """How to write an indicator's value."""

    SHARE = "share"
    COUNT = "count"
    RATING = "rating"


class Section(StrEnum):
    """Where in the card an occurrence took effect."""

    INDICATOR = "indicator"
    DEDUCTION = "deduction"
    BONUS = "bonus"
    RED_LINE = "red_line"


@dataclass(frozen=True)
class OccurrenceEffect:
    """Points one occurrence costs (negative) or brings (positive), and where. Each occurrence appears once.

    For a charged occurrence the points are its part of the deduction, in order of date. For the miss behind a
    share they are what the card would regain without it; those are not additive.
    """

    occurrence: Occurrence
    section: Section
    key: str
    points: Decimal


@dataclass(frozen=True)
class IndicatorResult:
    """One weighted line: what was measured, on how much, and the points out of `effective_weight`."""

    key: str
    block: str
    name: Names
    dimension: Dimension
    status: Status
    weight: Decimal
    effective_weight: Decimal
    value: Decimal | None
    value_kind: ValueKind
    sample: Decimal | None
    needed: Decimal
    points: Decimal | None
    interval: Interval | None
    rule: RuleText

    @property
    def lost(self) -> Decimal:
        """Points not earned; nothing where the indicator does not count."""
        return Decimal(0) if self.points is None else self.effective_weight - self.points


@dataclass(frozen=True)
class BlockResult:
    """Sum of a block; `points` is empty when none of its indicators had evidence."""

    key: str
    name: Names
    weight: Decimal
    effective_weight: Decimal
    points: Decimal | None


@dataclass(frozen=True)
class AdjustmentResult:
    """A direct deduction (negative points) or a bonus (positive)."""

    key: str
    section: Section
    name: Names
    count: Decimal
    points: Decimal
    rule: RuleText


@dataclass(frozen=True)
class RedLineResult:
    """A red line that was crossed, and by what."""

    key: str
    name: Names
    effect: Effect
    target: str
    cap_at: Decimal | None
    occurrences: tuple[Identity, ...]


@dataclass(frozen=True)
class CardResult:
    """The scored card. `score` has one decimal (half up); it is empty unless the outcome is `scored`.

    `interval` is given where part of the evidence is sampled. `is_failed` is set by a red line that fails the card
    whatever the score. `accrued_points` are all points of per-occurrence rules before free quota and cap.
    """

    outcome: Outcome
    score: Decimal | None
    interval: Interval | None
    maximum: Decimal
    ceiling: Decimal
    is_failed: bool
    blocks: tuple[BlockResult, ...]
    indicators: tuple[IndicatorResult, ...]
    adjustments: tuple[AdjustmentResult, ...]
    red_lines: tuple[RedLineResult, ...]
    effects: tuple[OccurrenceEffect, ...]
    dimensions: Mapping[str, Decimal | None]
    accrued_points: Decimal
    trace: tuple[Step, ...]

    @property
    def worst(self) -> IndicatorResult | None:
        """The indicator that lost most points, if any lost some; the earlier one on a tie."""
        losing = [indicator for indicator in self.indicators if indicator.lost > 0]
        return max(losing, key=lambda indicator: indicator.lost, default=None)
