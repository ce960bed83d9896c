"""Schemes, their versions, and what a version would have scored in a past period."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.models import Unit
from duban.platform.records import get_by_code
from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.rules import metric_of_rule
from duban.scorecards.domain.scheme import Adjustment, Indicator, SchemeDefinition
from duban.scorecards.domain.scoring import score_card
from duban.scorecards.models import Card, Period, Scheme, SchemeVersion
from duban.scorecards.selectors.evidence import occurrences_by_line
from duban.scorecards.selectors.scoring import panels_by_line, ratios_by_line
from duban.scorecards.selectors.wording import effect_text, filled, metric_name, name_of

PREVIEW_LINES = 60


def scheme_list(actor: Actor) -> "QuerySet[Scheme]":
    """Schemes in scope with the number of lines bound to any of their versions."""
    return Scheme.objects.for_actor(actor).annotate(line_count=Count("versions__bindings__line", distinct=True))


def scheme_get(actor: Actor, code: str) -> Scheme:
    """One scheme in scope."""
    return get_by_code(Scheme.objects.for_actor(actor).select_related("tenant"), code)


def version_get(actor: Actor, code: str) -> SchemeVersion:
    """One version in scope."""
    return get_by_code(SchemeVersion.objects.for_actor(actor).select_related("scheme__tenant"), code)


def versions_of(actor: Actor, scheme: Scheme) -> list[SchemeVersion]:
    """Versions of a scheme in scope, newest first, with the number of lines bound to each."""
    versions = (
        SchemeVersion.objects.for_actor(actor).filter(scheme=scheme).annotate(line_count=Count("bindings", distinct=True))
    )
    return list(versions.select_related("scheme").order_by("-number"))


def tenant_of(actor: Actor) -> Unit:
    """The root unit of the actor's company."""
    root = Unit.objects.filter(path=actor.tenant_path).first()
    if root is None:
        raise NotFound
    return root


def line_by_name(actor: Actor, name: str) -> ContractLine:
    """The line `CT-2026-0042/2` in scope, `NotFound` otherwise."""
    code, _, number = name.strip().partition("/")
    lines = ContractLine.objects.for_actor(actor).filter(contract__code=code, number=int(number) if number.isdecimal() else 1)
    line = lines.select_related("contract__office", "estate__office").first()
    if line is None:
        raise NotFound
    return line


@dataclass(frozen=True)
class RuleLine:
    """One line of a scheme in words."""

    name: str
    weight: str
    rule: str
    metric: str
    minimum: str
    is_block: bool = False


def rule_lines(definition: SchemeDefinition) -> list[RuleLine]:
    """The scheme as a table: blocks, their indicators, deductions, bonuses, red lines."""
    lines = []
    for block in definition.blocks:
        lines.append(RuleLine(name_of(block.name), str(block.weight), "", "", "", is_block=True))
        lines += [_rule_line(item, str(item.weight), str(item.minimum_sample)) for item in block.indicators]
    lines += [_rule_line(item, "−", "") for item in definition.deductions]
    lines += [_rule_line(item, "+", "") for item in definition.bonuses]
    lines += [RuleLine(name_of(line.name), "", effect_text(line), "", "") for line in definition.red_lines]
    return lines


def _rule_line(item: Indicator | Adjustment, weight: str, minimum: str) -> RuleLine:
    text, metric = item.rule.describe(), metric_of_rule(item.rule)
    return RuleLine(
        name_of(item.name), weight, filled(text.template, text.params), metric_name(metric) if metric else "", minimum
    )


@dataclass(frozen=True)
class PreviewLine:
    """What one line scored, and what it would have scored."""

    line_id: int
    card: str
    estate: str
    vendor: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Points more or less; nothing where one of both has no score."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Preview:
    """A definition tried on a past period."""

    period: str
    lines: list[PreviewLine]
    total: int

    @property
    def mean_before(self) -> Decimal | None:
        """Mean of the scores there were."""
        return _mean([line.before for line in self.lines])

    @property
    def mean_after(self) -> Decimal | None:
        """Mean of the scores there would have been."""
        return _mean([line.after for line in self.lines])


def preview(actor: Actor, definition: SchemeDefinition, period: Period, scheme: Scheme) -> Preview:
    """Score the period again by `definition` for the lines that the scheme scores (else its service line): six statements.

    Nothing is stored. At most sixty lines, by card code.
    """
    cards = Card.objects.for_actor(actor).filter(period=period, is_current=True)
    own = cards.filter(scheme_version__scheme=scheme)
    chosen = own if own.exists() else cards.filter(line__service_line=definition.service_line)
    rows = list(
        chosen.order_by("code").values_list(
            "line_id",
            "code",
            "line__estate__name",
            "line__contract__vendor__short_name",
            "score",
            F("line__contract__mobilisation_until"),
        )
    )
    shown = rows[:PREVIEW_LINES]
    keys = [row[0] for row in shown]
    ratios = ratios_by_line(keys, period.starts_on, period.ends_on)
    occurrences = occurrences_by_line(keys, period.starts_on, period.ends_on)
    panels = panels_by_line(keys, period)
    lines = []
    for line, code, estate, vendor, before, until in shown:
        grace = until is not None and period.starts_on <= until
        inputs = CardInputs(ratios=ratios[line], occurrences=tuple(occurrences[line]), panel=panels[line], mobilisation=grace)
        lines.append(PreviewLine(line, code, estate, vendor, before, score_card(definition, inputs).score))
    return Preview(period.key, lines, len(rows))


def _mean(scores: list[Decimal | None]) -> Decimal | None:
    known = [score for score in scores if score is not None]
    return round(sum(known, Decimal(0)) / len(known), 1) if known else None
