"""Periods: how far closing has come and what is missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.scorecards.models import Card, CardAppeal, DirtyPair, Period
from duban.scorecards.selectors.scoring import bound_lines

SHOWN = 30


@dataclass(frozen=True)
class MissingLine:
    """A line in force that no scheme scores in this period."""

    contract: str
    number: int
    estate: str
    service_line: str


@dataclass(frozen=True)
class PeriodPage:
    """One period at a glance; counts are of the actor's scope."""

    period: Period
    lines: int
    cards: int
    drafts: int
    published: int
    appealed: int
    settled: int
    held: int
    red_lines: int
    late: int
    open_appeals: int
    dirty_lines: int
    average: Decimal | None
    unbound: list[MissingLine]
    unbound_count: int
    is_over: bool

    @property
    def is_up_to_date(self) -> bool:
        """Whether every line has a card made from the latest evidence."""
        return self.dirty_lines == 0 and self.cards >= self.lines

    @property
    def open_points(self) -> int:
        """How many things still stand between now and a settled period."""
        return sum(
            bool(number)
            for number in (
                self.lines - self.cards,
                self.dirty_lines,
                self.drafts,
                self.published,
                self.appealed,
                self.unbound_count,
            )
        )


def period_list(actor: Actor) -> "QuerySet[Period]":
    """Periods that have begun, with the number of current cards in the actor's scope and their mean."""
    mine = Q(cards__in=Card.objects.for_actor(actor).filter(is_current=True))
    periods = Period.objects.for_actor(actor).filter(starts_on__lte=timezone.localdate())
    return periods.annotate(
        card_count=Count("cards", filter=mine),
        settled_count=Count("cards", filter=mine & Q(cards__state__in=("confirmed", "final"))),
        average=Avg("cards__score", filter=mine),
    )


def period_page(actor: Actor, period: Period) -> PeriodPage:
    """Six statements."""
    lines = bound_lines(actor, period)
    counts = _counts(actor, period)
    unbound = _unbound(actor, period)
    return PeriodPage(
        period=period,
        lines=lines.count(),
        open_appeals=CardAppeal.objects.for_actor(actor).filter(card__period=period, state="open").count(),
        dirty_lines=_dirty(lines, period),
        unbound=[MissingLine(*row) for row in unbound[:SHOWN]],
        unbound_count=len(unbound),
        is_over=period.ends_on < timezone.localdate(),
        **counts,
    )


def _counts(actor: Actor, period: Period) -> dict[str, Any]:
    cards = Card.objects.for_actor(actor).filter(period=period, is_current=True)
    return dict(
        cards.aggregate(
            cards=Count("pk"),
            drafts=Count("pk", filter=Q(state="draft")),
            published=Count("pk", filter=Q(state="published")),
            appealed=Count("pk", filter=Q(state="appealed")),
            settled=Count("pk", filter=Q(state__in=("confirmed", "final"))),
            held=Count("pk", filter=Q(outcome="held")),
            red_lines=Count("pk", filter=~Q(result__red_lines=[])),
            late=Count("pk", filter=Q(has_late_evidence=True)),
            average=Avg("score"),
        )
    )


def _dirty(lines: "QuerySet[ContractLine]", period: Period) -> int:
    pairs = DirtyPair.objects.filter(line__in=lines.values("pk"), day__range=(period.starts_on, period.ends_on))
    return pairs.values("line").distinct().count()


def _unbound(actor: Actor, period: Period) -> list[tuple[str, int, str, str]]:
    if period.kind != "month":
        return []
    lines = ContractLine.objects.for_actor(actor).filter(starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
    lines = lines.exclude(contract__state="draft").exclude(scheme_bindings__from_on__lte=period.ends_on)
    rows = lines.order_by("contract__code", "number").values_list("contract__code", "number", "estate__name", "service_line")
    return list(rows)


def periods_to_try(actor: Actor, cycle: str) -> list[str]:
    """Keys of past periods on which a scheme may be tried, newest first."""
    periods = Period.objects.for_actor(actor).filter(kind=cycle, cards__isnull=False)
    return list(periods.order_by("-starts_on").values_list("key", flat=True).distinct()[:12])
