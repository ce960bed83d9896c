"""What one occurrence by itself would cost under a scheme, before free counts, quotas and caps of the period."""

from dataclasses import dataclass
from decimal import Decimal

from duban.kernel.occurrence import Occurrence
from duban.scorecards.domain.result import Section
from duban.scorecards.domain.rules import PerOccurrence, Rule, RuleText
from duban.scorecards.domain.scheme import Names, RedLine, SchemeDefinition


@dataclass(frozen=True)
class PointPrice:
    """The one rule of a scheme that takes an occurrence.

    `points` are signed points of the card by the occurrence alone (a deduction is negative), `None` where the rule prices no
    single occurrence (a share, a band). `weight` is the most an indicator can lose.
    """

    section: Section
    key: str
    name: Names
    rule: RuleText
    points: Decimal | None
    weight: Decimal | None = None


def price_of(definition: SchemeDefinition, occurrence: Occurrence) -> PointPrice | None:
    """The first indicator, deduction or bonus in scheme order that takes the occurrence, as scoring hands it out.

    `None` where no rule takes it, or it may not cost points at all.
    """
    if not occurrence.for_points:
        return None
    for indicator in definition.indicators():
        if indicator.rule.match.takes(occurrence):
            points = _points(indicator.rule, occurrence, Section.INDICATOR, indicator.weight)
            return PointPrice(Section.INDICATOR, indicator.key, indicator.name, indicator.rule_text, points, indicator.weight)
    for section, items in ((Section.DEDUCTION, definition.deductions), (Section.BONUS, definition.bonuses)):
        for item in items:
            if item.rule.match.takes(occurrence):
                points = _points(item.rule, occurrence, section, item.limit)
                return PointPrice(section, item.key, item.name, item.rule.describe(), points, item.limit)
    return None


def red_lines_of(definition: SchemeDefinition, occurrence: Occurrence) -> tuple[RedLine, ...]:
    """The vetoes that the occurrence strikes, in scheme order."""
    if not occurrence.for_points:
        return ()
    return tuple(line for line in definition.red_lines if line.match.takes(occurrence))


def _points(rule: Rule, occurrence: Occurrence, section: Section, limit: Decimal | None) -> Decimal | None:
    """Price of the rule, at most `limit` and the rule's own cap; negative unless it is a bonus."""
    if not isinstance(rule, PerOccurrence):
        return None
    price = min([rule.price(occurrence), *(bound for bound in (rule.cap, limit) if bound is not None)])
    return price if section is Section.BONUS else -price
