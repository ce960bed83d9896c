"""Lists of scoring."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.platform.ui.addresses import address_of
from duban.platform.ui.components import Badge
from duban.platform.ui.listing import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    Kind,
    Listing,
    ReferenceFilter,
    TextFilter,
    state_choices,
)
from duban.scorecards.domain.scheme import Cycle
from duban.scorecards.domain.states import APPEAL_STATES, CARD_STATES, GRADE_STATES, PERIOD_STATES
from duban.scorecards.models import Card, Period
from duban.scorecards.models.cards import OUTCOMES
from duban.scorecards.models.grades import MEASURES
from duban.scorecards.selectors.wording import kind_name, service_name, severity_name

SERVICE_CHOICES = {
    "cleaning": _("Cleaning"),
    "security": _("Security"),
    "greening": _("Greening"),
    "maintenance": _("Maintenance"),
    "customer_service": _("Customer service"),
    "integrated": _("Integrated services"),
}
CYCLES = {Cycle.MONTH.value: _("Monthly"), Cycle.QUARTER.value: _("Quarterly")}


def period_options(actor: Actor) -> list[tuple[str, str]]:
    """Periods to choose from, newest first."""
    keys = Period.objects.for_actor(actor).order_by("-starts_on", "key").values_list("key", flat=True)[:40]
    return [(key, key) for key in keys]


def _score_badge(card: Card) -> Badge | None:
    if card.outcome != "scored":
        return Badge(card.get_outcome_display(), "neutral")
    return None


def _score_tone(card: Card) -> str:
    if card.score is None:
        return ""
    return "bad" if card.score < Decimal(70) or card.is_failed else "warning" if card.score < Decimal(80) else ""


def _interval(card: Card) -> str:
    return "" if card.low is None else f"{card.low} – {card.high}"


def _with_red_line(cards: "QuerySet[Card]", value: object) -> "QuerySet[Card]":
    return cards.exclude(result__red_lines=[]) if value else cards.filter(result__red_lines=[])


CARDS = Listing(
    name="scorecards.cards",
    columns=(
        Column("code", _("Card"), link=lambda card: address_of("scorecards:detail", card.code), sort="code"),
        Column("period", _("Period"), path="period.key", sort="period__starts_on"),
        Column("estate", _("Estate"), path="line.estate.name", sort="line__estate__name"),
        Column("service", _("Service"), value=lambda card: service_name(card.line.service_line)),
        Column("vendor", _("Vendor"), path="line.contract.vendor.short_name", sort="line__contract__vendor__short_name"),
        Column("score", _("Score"), kind=Kind.POINTS, sort="score", badge=_score_badge, tone=_score_tone, small=_interval),
        Column("state", _("State"), kind=Kind.STATE, states=CARD_STATES),
        Column("confirm_by", _("Confirm by"), kind=Kind.DATE, sort="confirm_by", phone=False),
        Column("scheme", _("Scheme"), path="scheme_version.scheme.key", phone=False),
        Column("contract", _("Contract"), path="line.contract.code", phone=False),
    ),
    filters=(
        ReferenceFilter("period", _("Period"), options=period_options, field="period__key"),
        ChoiceFilter("state", _("State"), choices=state_choices(CARD_STATES)),
        ChoiceFilter("service", _("Service"), choices=SERVICE_CHOICES, field="line__service_line"),
        ChoiceFilter("outcome", _("Outcome"), choices=OUTCOMES),
        TextFilter("contract", _("Contract"), field="line__contract__code"),
        TextFilter("estate", _("Estate"), field="line__estate__name"),
        BooleanFilter("red_line", _("Red line"), apply=_with_red_line),
        BooleanFilter("late", _("Evidence changed later"), field="has_late_evidence"),
    ),
    search=("code", "line__estate__name", "line__contract__vendor__short_name", "line__contract__code"),
    order="-code",
    reads=(
        *("code", "state", "score", "low", "high", "outcome", "is_failed", "confirm_by", "period__key", "line__service_line"),
        *("line__estate__name", "line__contract__code", "line__contract__vendor__short_name", "scheme_version__scheme__key"),
    ),
    bulk=(BulkAction("publish", _("Publish"), url_name="scorecards:bulk_publish", permission="scorecards.publish"),),
    empty_title=_("No card yet"),
    empty_hint=_("Bind a scheme to the contract lines, then close a period."),
)


def _rating_url(line: Any) -> str:
    return reverse("scorecards:rating", args=[line.period_key, line.contract.code, line.number])


PERIODS = Listing(
    name="scorecards.periods",
    columns=(
        Column("key", _("Period"), link=lambda period: address_of("scorecards:period", period.key), sort="starts_on"),
        Column("state", _("State"), kind=Kind.STATE, states=PERIOD_STATES),
        Column("card_count", _("Cards"), kind=Kind.NUMBER),
        Column("settled_count", _("Confirmed or final"), kind=Kind.NUMBER),
        Column("average", _("Mean score"), kind=Kind.POINTS),
        Column("closed_at", _("Closed at"), kind=Kind.DATETIME, phone=False),
    ),
    filters=(
        ChoiceFilter("kind", _("Kind"), choices=CYCLES),
        ChoiceFilter("state", _("State"), choices=state_choices(PERIOD_STATES)),
    ),
    search=("key",),
    order="-starts_on",
    empty_title=_("No period yet"),
    empty_hint=_("Periods open by themselves every month."),
)

RATINGS = Listing(
    name="scorecards.ratings",
    columns=(
        Column("line", _("Contract line"), value=line_label, link=_rating_url),
        Column("contract", _("Contract"), path="contract.code", sort="contract__code", phone=False),
        Column("own", _("Rated by me"), value=lambda line: f"{line.own_count or 0} / {line.rated_count}"),
        Column("raters", _("People who rated"), value=lambda line: str(line.rater_count or 0)),
    ),
    filters=(ChoiceFilter("service_line", _("Service"), choices=SERVICE_CHOICES),),
    search=("contract__code", "estate__name", "contract__vendor__name"),
    order="contract__code",
    row_link=_rating_url,
    empty_title=_("Nothing to rate in this period"),
    empty_hint=_("Lines whose scheme has indicators rated by a panel stand here while their card is not with the vendor."),
)

SCHEMES = Listing(
    name="scorecards.schemes",
    columns=(
        Column("key", _("Scheme"), link=lambda scheme: address_of("scorecards:scheme", scheme.code), sort="key"),
        Column("name", _("Name"), value=lambda scheme: scheme.name),
        Column("service", _("Service"), value=lambda scheme: service_name(scheme.service_line)),
        Column("cycle", _("Scored every"), choices=CYCLES),
        Column("is_shipped", _("Came with the product"), kind=Kind.YES_NO, phone=False),
        Column("line_count", _("Lines bound"), kind=Kind.NUMBER),
    ),
    filters=(
        ChoiceFilter("service", _("Service"), choices=SERVICE_CHOICES, field="service_line"),
        ChoiceFilter("cycle", _("Scored every"), choices=CYCLES),
    ),
    search=("key", "name_zh", "name_en"),
    order="key",
    empty_title=_("No scheme yet"),
    empty_hint=_("Put the shipped templates in, or write your own."),
)

GRADES = Listing(
    name="scorecards.grades",
    columns=(
        Column("code", _("Grade"), link=lambda grade: address_of("scorecards:grade", grade.code), sort="code"),
        Column("vendor", _("Vendor"), path="vendor.short_name", sort="vendor__short_name"),
        Column("service", _("Service"), value=lambda grade: service_name(grade.service_line)),
        Column("period", _("As of"), path="period.key", sort="period__starts_on"),
        Column("average", _("Mean score"), kind=Kind.POINTS, sort="average"),
        Column("proposed_grade", _("Proposed")),
        Column("grade", _("Confirmed")),
        Column("measure", _("Measure"), choices=MEASURES),
        Column("state", _("State"), kind=Kind.STATE, states=GRADE_STATES),
    ),
    filters=(
        ReferenceFilter("period", _("As of"), options=period_options, field="period__key"),
        ChoiceFilter("state", _("State"), choices=state_choices(GRADE_STATES)),
        ChoiceFilter("service", _("Service"), choices=SERVICE_CHOICES, field="service_line"),
        ChoiceFilter("measure", _("Measure"), choices=MEASURES),
    ),
    search=("vendor__short_name", "vendor__name"),
    order="-period__starts_on",
    empty_title=_("No grade yet"),
    empty_hint=_("Grades are proposed after a month is closed."),
)

APPEALS = Listing(
    name="scorecards.appeals",
    columns=(
        Column("code", _("Appeal"), link=lambda appeal: address_of("scorecards:appeal_detail", appeal.code), sort="code"),
        Column("card", _("Card"), path="card.code", sort="card__code"),
        Column("estate", _("Estate"), path="card.line.estate.name"),
        Column("vendor", _("Vendor"), path="card.line.contract.vendor.short_name"),
        Column(
            "about", _("About"), value=lambda appeal: appeal.occurrence.label if appeal.occurrence else appeal.indicator_key
        ),
        Column("created_at", _("Raised"), kind=Kind.DATETIME, sort="created_at"),
        Column("state", _("State"), kind=Kind.STATE, states=APPEAL_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(APPEAL_STATES)),
        ReferenceFilter("period", _("Period"), options=period_options, field="card__period__key"),
    ),
    search=("code", "card__code", "ground"),
    order="-code",
    empty_title=_("No appeal"),
)

OCCURRENCES = Listing(
    name="scorecards.occurrences",
    columns=(
        Column("on", _("Date"), kind=Kind.DATE, sort="on"),
        Column("label", _("What"), value=lambda row: row.label),
        Column("kind", _("Kind"), value=lambda row: kind_name(row.kind)),
        Column("place", _("Place"), phone=False),
        Column("severity", _("Severity"), value=lambda row: severity_name(row.severity)),
        Column("quantity", _("Quantity"), kind=Kind.NUMBER, places=0, phone=False),
        Column("points", _("Points"), kind=Kind.POINTS, places=2, sort="points"),
        Column("is_struck", _("Struck by appeal"), kind=Kind.YES_NO, phone=False),
        Column("code", _("Evidence")),
    ),
    filters=(
        TextFilter("key", _("Indicator"), apply=lambda rows, value: rows.filter(effect_key=value)),
        ChoiceFilter("severity", _("Severity"), choices={"minor": _("Minor"), "major": _("Major"), "critical": _("Critical")}),
    ),
    search=("label", "place", "code"),
    order="points",
    row_key=lambda row: str(row.pk),
    empty_title=_("Nothing happened"),
)
