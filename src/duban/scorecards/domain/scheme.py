"""A scoring scheme: blocks of weighted indicators, direct deductions, bonuses, red lines. Frozen once published."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from duban.scorecards.domain.rules import Matching, Rule, RuleText


class Dimension(StrEnum):
    """The five sides of a vendor's performance, drawn as a radar."""

    QUALITY = "quality"
    RESPONSE = "response"
    COMPLIANCE = "compliance"
    COST = "cost"
    INNOVATION = "innovation"


class NoData(StrEnum):
    """What happens to an indicator with too little evidence.

    `exclude`: its weight goes to the others of its block, an empty block's weight to the other blocks.
    `hold`: the whole card has no score. `full`: it counts as fully earned.
    """

    EXCLUDE = "exclude"
    HOLD = "hold"
    FULL = "full"


class Effect(StrEnum):
    """What a red line does."""

    ZERO_INDICATOR = "zero_indicator"
    ZERO_CARD = "zero_card"
    CAP = "cap"
    FAIL = "fail"


class Aggregation(StrEnum):
    """How the scores of several sites become one (domain tables T1 and T5)."""

    WEIGHTED = "weighted"
    MINIMUM = "min_of_sites"


class Cycle(StrEnum):
    """How often a scheme is scored."""

    MONTH = "month"
    QUARTER = "quarter"


Names = Mapping[str, str]
"""A name in several languages: `{"zh": …, "en": …}`."""


@dataclass(frozen=True)
class Indicator:
    """One weighted line of the scheme. `minimum_sample` is the least denominator (or number of ratings) that counts."""

    key: str
    name: Names
    weight: Decimal
    rule: Rule
    dimension: Dimension = Dimension.QUALITY
    minimum_sample: Decimal = Decimal(0)
    no_data: NoData | None = None

    @cached_property
    def rule_text(self) -> RuleText:
        """The rule in words; made once for all the cards that show it."""
        return self.rule.describe()


@dataclass(frozen=True)
class Block:
    """Indicators that belong together; their weights add up to the block's."""

    key: str
    name: Names
    weight: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Adjustment:
    """Points taken from, or added to, the sum of the blocks; at most `limit` if given."""

    key: str
    name: Names
    rule: Rule
    limit: Decimal | None = None


@dataclass(frozen=True)
class RedLine:
    """A veto: when one matching occurrence happened, `effect` strikes (`target` = indicator key, `cap_at` = highest score)."""

    key: str
    name: Names
    match: Matching
    effect: Effect
    target: str = ""
    cap_at: Decimal | None = None


@dataclass(frozen=True)
class SchemeDefinition:
    """The whole scheme. Weights of the blocks add up to `maximum`; no score leaves 0..`ceiling`.

    `minimum_weight` is the share (percent of `maximum`) that must have evidence before there is a score at all.
    `is_scored` is false for tables that only collect facts for the statement (domain table T17).
    """

    code: str
    name: Names
    service_line: str
    cycle: Cycle
    source: str
    confidence: str
    maximum: Decimal
    ceiling: Decimal
    minimum_weight: Decimal
    no_data: NoData
    aggregation: Aggregation
    blocks: tuple[Block, ...]
    deductions: tuple[Adjustment, ...] = ()
    bonuses: tuple[Adjustment, ...] = ()
    bonus_cap: Decimal | None = None
    red_lines: tuple[RedLine, ...] = ()
    is_scored: bool = True
    payment: str = ""
    note: Names | None = None

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator in the order of the scheme."""
        for block in self.blocks:
            yield from block.indicators


def digest(document: Mapping[str, object]) -> str:
    """SHA-256 of a definition's canonical JSON: the same rules give the same digest, whatever the layout."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def name_in(names: Names, language: str) -> str:
    """The name for a language code such as `zh-hans`; English, then anything, where it is missing."""
    return names.get(language[:2]) or names.get("en") or next(iter(names.values()), "")
