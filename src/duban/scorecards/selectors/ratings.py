"""What a panel rates in a period, who has rated, and what it says together."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import get_language

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.scope import within
from duban.scorecards.domain.definition import from_json
from duban.scorecards.domain.rating import Spread, rated_indicators, spread_of
from duban.scorecards.domain.rules import Panel
from duban.scorecards.domain.scheme import Indicator, name_in
from duban.scorecards.models import Card, LineScheme, PanelRating, Period, SchemeVersion
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.scoring import bound_lines

OPEN_STATES = frozenset({"draft"})


@dataclass(frozen=True)
class RatedRow:
    """One indicator on the page of a rater. What the others gave is shown only beside one's own rating."""

    indicator: Indicator
    rule: Panel
    own: Decimal | None
    note: str
    spread: Spread | None

    @property
    def name(self) -> str:
        """The indicator in the reader's language."""
        return name_in(self.indicator.name, get_language() or "en")


def rating_lines(actor: Actor, period: Period) -> "QuerySet[ContractLine]":
    """Lines of the period that have rated indicators and that the actor may rate.

    Annotated: `period_key`, `rated_count` (indicators), `own_count` (rated by the actor), `rater_count` (people so far).
    """
    counts = _rated_counts(period)
    given = PanelRating.objects.filter(line=OuterRef("pk"), period=period).order_by()
    own = given.filter(rater=actor.person_id).values("line").annotate(number=Count("pk")).values("number")
    raters = given.values("line").annotate(number=Count("rater", distinct=True)).values("number")
    whens = [When(version_id=version, then=Value(number)) for version, number in counts.items()]
    bound: QuerySet[Any] = bound_lines(actor, period)
    rows: QuerySet[ContractLine] = (
        bound.filter(_may_rate(actor), version_id__in=list(counts))
        .annotate(
            period_key=Value(period.key, CharField()),
            rated_count=Case(*whens, default=Value(0), output_field=IntegerField()),
            own_count=Subquery(own, output_field=IntegerField()),
            rater_count=Subquery(raters, output_field=IntegerField()),
        )
        .select_related("contract__vendor", "estate")
    )
    return rows


def rating_line_get(actor: Actor, period: Period, contract_code: str, number: int) -> ContractLine:
    """One line the actor may rate; `NotAllowed` for those who rate nothing, `NotFound` otherwise."""
    actor.require(Right.RATE)
    rows = rating_lines(actor, period).select_related("contract__office", "contract__vendor__unit", "estate__office")
    line = rows.filter(contract__code=contract_code, number=number).first()
    if line is None:
        raise NotFound
    return line


def rated_of(line: ContractLine, period: Period) -> dict[str, tuple[Indicator, Panel]]:
    """The rated indicators of the version in force for a line of `rating_lines`."""
    binding = LineScheme.objects.filter(line=line, from_on__lte=period.ends_on).select_related("version")
    return rated_indicators(from_json(binding.latest("from_on").version.definition))


def rating_rows(actor: Actor, period: Period, line: ContractLine) -> list[RatedRow]:
    """The indicators of one line with the actor's own ratings; three statements."""
    own: dict[str, PanelRating] = {}
    given: dict[str, list[Decimal]] = {}
    for rating in PanelRating.objects.filter(line=line, period=period).order_by("pk"):
        given.setdefault(rating.indicator_key, []).append(rating.rating)
        if rating.rater_id == actor.person_id:
            own[rating.indicator_key] = rating
    rows = []
    for key, (indicator, rule) in rated_of(line, period).items():
        mine = own.get(key)
        spread = None if mine is None else spread_of(given[key], rule.trim)
        rows.append(RatedRow(indicator, rule, mine.rating if mine else None, mine.note if mine else "", spread))
    return rows


def is_open(line: ContractLine, period: Period) -> bool:
    """Whether ratings still count: there is no card yet, or it has not gone to the vendor."""
    states = Card.objects.filter(line=line, period=period, is_current=True).values_list("state", flat=True)
    return set(states) <= OPEN_STATES


def has_ratings(actor: Actor, period: Period) -> bool:
    """Whether the actor has anything to rate in the period."""
    return actor.can(Right.RATE) and rating_lines(actor, period).exists()


def _may_rate(actor: Actor) -> Q:
    offices = actor.office_paths(Right.RATE)
    return within("contract__office__path", offices) | within("estate__office__path", offices)


def _rated_counts(period: Period) -> dict[int, int]:
    """Version → how many indicators a panel rates, of the schemes of the period's cycle."""
    versions = SchemeVersion.objects.filter(scheme__cycle=period.kind, scheme__tenant=period.tenant_id)
    counts = {version.pk: len(rated_indicators(from_json(version.definition))) for version in versions.only("definition")}
    return {version: number for version, number in counts.items() if number}
