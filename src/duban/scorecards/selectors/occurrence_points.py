"""What occurrences cost in points: as the card of the period says, or by the scheme in force until there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.occurrence import Occurrence
from duban.kernel.period import Period
from duban.scorecards.domain.definition import from_json
from duban.scorecards.domain.pricing import price_of, red_lines_of
from duban.scorecards.domain.result import Section
from duban.scorecards.domain.rules import plain
from duban.scorecards.domain.scheme import Adjustment, Indicator, SchemeDefinition
from duban.scorecards.models import Card, CardOccurrence, LineScheme, SchemeVersion
from duban.scorecards.models.cards import SECTIONS
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.wording import effect_text, filled, name_of


@dataclass(frozen=True)
class OccurrencePoints:
    """Points of one occurrence. `card` is empty until the reader may see one; then `points` is what the rule says alone.

    `points` is `None` where only the whole period decides (a share of checks passed). `is_free` where nothing takes it.
    """

    section: str
    name: str
    rule: str
    points: Decimal | None
    scheme: str
    card: str = ""
    key: str = ""
    is_struck: bool = False
    vetoes: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether the scheme takes no points for it."""
        return not self.section and not self.vetoes


def points_of(actor: Actor, line: ContractLine, occurrences: Sequence[Occurrence]) -> dict[tuple[str, str], OccurrencePoints]:
    """Points by identity of the occurrence; empty without the right to see cards, or where no scheme binds the line.

    Two statements. A vendor reads a card only once it is published; before, it reads the signed rule.
    """
    if not occurrences or not actor.can(Right.VIEW):
        return {}
    rows = _rows(actor, line, occurrences)
    bindings = _bindings(line, [item for item in occurrences if item.identity not in rows])
    definitions: dict[int, SchemeDefinition] = {}
    found = {}
    for item in occurrences:
        row = rows.get(item.identity)
        version = row.card.scheme_version if row else _version_on(item.on, bindings)
        if version is None or not version.definition:
            continue
        if version.pk not in definitions:
            definitions[version.pk] = from_json(version.definition)
        definition = definitions[version.pk]
        found[item.identity] = _as_charged(row, definition) if row else _as_priced(item, definition, version)
    return found


def _rows(actor: Actor, line: ContractLine, occurrences: Sequence[Occurrence]) -> dict[tuple[str, str], CardOccurrence]:
    same = Q()
    for item in occurrences:
        same |= Q(app=item.app, code=item.code)
    cards = Card.objects.for_actor(actor).filter(line=line, is_current=True)
    rows = CardOccurrence.objects.filter(same, card__in=cards).select_related("card__scheme_version__scheme")
    return {(row.app, row.code): row for row in rows.order_by("card__period__ends_on")}


def _bindings(line: ContractLine, occurrences: Sequence[Occurrence]) -> list[LineScheme]:
    """What binds schemes to the line, latest first; not asked for where every occurrence stands on a card."""
    if not occurrences:
        return []
    return list(LineScheme.objects.filter(line=line).select_related("version__scheme").order_by("-from_on"))


def _version_on(day: date, bindings: Sequence[LineScheme]) -> SchemeVersion | None:
    """The version that will score the month of `day`: the latest that starts by the end of it."""
    end = Period.month_of(day).end
    return next((binding.version for binding in bindings if binding.from_on <= end), None)


def _as_charged(row: CardOccurrence, definition: SchemeDefinition) -> OccurrencePoints:
    name, rule = _named(definition, row.effect_key)
    return OccurrencePoints(
        section=str(SECTIONS[row.section]) if row.section else "",
        name=name,
        rule=rule,
        points=row.points,
        scheme=row.card.scheme_version.name,
        card=row.card.code,
        key=row.effect_key,
        is_struck=row.is_struck,
    )


def _named(definition: SchemeDefinition, key: str) -> tuple[str, str]:
    """Name and rule of the part of a scheme with this key."""
    parts: list[Indicator | Adjustment] = [*definition.indicators(), *definition.deductions, *definition.bonuses]
    for item in parts:
        if item.key == key:
            text = item.rule.describe()
            return name_of(item.name), filled(text.template, text.params)
    for line in definition.red_lines:
        if line.key == key:
            return name_of(line.name), effect_text(line)
    return "", ""


def _as_priced(item: Occurrence, definition: SchemeDefinition, version: SchemeVersion) -> OccurrencePoints:
    price = price_of(definition, item)
    vetoes = tuple(f"{name_of(line.name)}: {effect_text(line)}" for line in red_lines_of(definition, item))
    if price is None:
        return OccurrencePoints("", "", "", None, version.name, vetoes=vetoes)
    rule = filled(price.rule.template, price.rule.params)
    if price.section is Section.INDICATOR and price.weight is not None:
        rule = _("{rule}, weight {weight}").format(rule=rule, weight=plain(price.weight))
    return OccurrencePoints(
        str(SECTIONS[price.section.value]), name_of(price.name), rule, price.points, version.name, vetoes=vetoes
    )
