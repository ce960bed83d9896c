"""Cards: which, one, and its neighbours in time and kind."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.records import get_by_code
from duban.scorecards.models import Card, CardAppeal, CardIndicator, CardOccurrence, Period

HISTORY = 12


def card_list(actor: Actor) -> "QuerySet[Card]":
    """Current cards in the actor's scope with what their rows show."""
    return (
        Card.objects.for_actor(actor)
        .filter(is_current=True)
        .with_names()
        .defer("result", "evidence", "scheme_version__definition")
    )


def card_get(actor: Actor, code: str) -> Card:
    """One card in scope with its names, `NotFound` otherwise."""
    return get_by_code(
        Card.objects.for_actor(actor).with_names().select_related("period__tenant", "published_by", "replaces", "replaced_by"),
        code,
    )


def appeals_of(card: Card) -> list[CardAppeal]:
    """Appeals against a card, oldest first."""
    return list(card.appeals.select_related("occurrence", "raised_by", "decided_by").order_by("pk"))


def appeal_get(actor: Actor, code: str) -> CardAppeal:
    """One appeal in scope."""
    appeals = CardAppeal.objects.for_actor(actor).select_related(
        "occurrence",
        "raised_by",
        "decided_by",
        "card__period",
        "card__line__estate__office",
        "card__line__contract__vendor__unit",
    )
    return get_by_code(appeals.select_related("card__line__contract__office", "card__scheme_version__scheme"), code)


def occurrences_of(card: Card, effect_key: str = "") -> "QuerySet[CardOccurrence]":
    """What happened, dearest first; of one indicator, deduction or red line if named."""
    rows = CardOccurrence.objects.filter(card=card)
    return (rows.filter(effect_key=effect_key) if effect_key else rows).order_by("points", "-on", "code")


@dataclass(frozen=True)
class PastScore:
    """One period of a line's history, with the mean and spread of comparable lines (standard deviation)."""

    period: str
    code: str
    score: Decimal | None
    dimensions: dict[str, str | None]
    mean: float | None
    spread: float | None


def history_of(card: Card) -> list[PastScore]:
    """The last twelve periods up to the card's own, oldest first: two statements.

    Comparable are lines of the same service and tenant. A vendor reads only mean and spread of the others.
    """
    own = Card.objects.filter(
        line=card.line_id, is_current=True, period__kind=card.period.kind, period__starts_on__lte=card.period.starts_on
    )
    own = own.exclude(pk=card.pk).exclude(period=card.period_id).order_by("-period__starts_on")
    fields = ("period__key", "code", "score", "result__dimensions")
    rows = list(own.values_list(*fields)[: HISTORY - 1])[::-1]
    rows.append((card.period.key, card.code, card.score, card.result.get("dimensions", {})))
    peers = _peer_spread(card, [row[0] for row in rows])
    return [
        PastScore(key, code, score, dimensions or {}, *peers.get(key, (None, None))) for key, code, score, dimensions in rows
    ]


def _peer_spread(card: Card, keys: list[str]) -> dict[str, tuple[float, float]]:
    peers = Card.objects.filter(
        period__tenant=card.period.tenant_id,
        period__key__in=keys,
        is_current=True,
        line__service_line=card.line.service_line,
        score__isnull=False,
    )
    number = Cast("score", FloatField())
    rows = peers.values("period__key").annotate(mean=Avg(number), square=Avg(number * number)).order_by()
    return {row["period__key"]: (row["mean"], max(row["square"] - row["mean"] ** 2, 0.0) ** 0.5) for row in rows}


@dataclass(frozen=True)
class PeerRank:
    """The places a card may hold among comparable cards of its period, its interval and theirs considered."""

    first: int
    last: int
    count: int


def rank_of(card: Card) -> PeerRank | None:
    """Surely better are those whose low end is above our high end; places in between are shared."""
    if card.score is None:
        return None
    peers = Card.objects.filter(
        period=card.period_id, is_current=True, line__service_line=card.line.service_line, score__isnull=False
    )
    rows = list(peers.exclude(pk=card.pk).values_list("score", "low", "high"))
    low, high = card.low or card.score, card.high or card.score
    better = sum((other_low or score or high) > high for score, other_low, _ in rows)
    worse = sum((other_high or score or low) < low for score, _, other_high in rows)
    return PeerRank(better + 1, len(rows) + 1 - worse, len(rows) + 1)


def peer_dimensions(card: Card) -> dict[str, float]:
    """Percent earned per side of the radar by all comparable cards of the period together."""
    rows = CardIndicator.objects.filter(
        card__period=card.period_id,
        card__is_current=True,
        card__line__service_line=card.line.service_line,
        points__isnull=False,
    )
    sums = rows.values("dimension").annotate(top=Sum("points"), base=Sum("effective_weight")).order_by()
    return {row["dimension"]: round(float(row["top"] / row["base"] * 100), 1) for row in sums if row["base"]}


def waiting_count(actor: Actor) -> int:
    """Work waiting at the station: for vendors cards to answer, for offices drafts and appeals."""
    states = Q(state="published") if actor.is_vendor else Q(state__in=("draft", "appealed"))
    return Card.objects.for_actor(actor).filter(states, is_current=True).count()


def period_get(actor: Actor, key: str) -> Period:
    """A period of the actor's tenant by its key."""
    found = Period.objects.for_actor(actor).filter(key=key).select_related("tenant").first()
    if found is None:
        raise NotFound
    return found
