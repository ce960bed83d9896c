"""What statements read of cards."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from duban.kernel.occurrence import Occurrence
from duban.scorecards.models import Card, CardAppeal, CardOccurrence


@dataclass(frozen=True)
class ChargedOccurrence:
    """An occurrence of a card with the points it cost (negative) and whether an open appeal disputes it."""

    occurrence: Occurrence
    section: str
    effect_key: str
    points: Decimal
    is_struck: bool
    is_disputed: bool


@dataclass(frozen=True)
class CardForSettlement:
    """The current card of one line. `score` is empty for insufficient data or an unscored scheme (`outcome` says which).

    `is_reliable` is true once confirmed or final; `accrued_points` are all per-occurrence points before quota and cap.
    """

    line_id: int
    contract_id: int
    card: str
    revision: int
    state: str
    outcome: str
    score: Decimal | None
    is_failed: bool
    is_reliable: bool
    scheme: str
    accrued_points: Decimal
    occurrences: tuple[ChargedOccurrence, ...]
    disputed_indicators: tuple[str, ...]


def cards_for_settlement(contract_ids: Collection[int], period: str) -> list[CardForSettlement]:
    """The current cards of these contracts in the period `2026-10` or `2026Q4`, by contract and line: three statements.

    No scope of its own: the caller has already been allowed to see the contracts.
    """
    cards = Card.objects.filter(line__contract__in=contract_ids, period__key=period, is_current=True)
    cards = cards.select_related("line", "scheme_version__scheme").order_by("line__contract", "line__number", "pk")
    cards = cards.prefetch_related(
        Prefetch("occurrences", CardOccurrence.objects.order_by("on", "app", "code")),
        Prefetch("appeals", CardAppeal.objects.filter(state="open"), to_attr="open_appeals"),
    )
    return [_for_settlement(card) for card in cards]


def _for_settlement(card: Card) -> CardForSettlement:
    appeals: list[CardAppeal] = getattr(card, "open_appeals", [])
    disputed = {appeal.occurrence_id for appeal in appeals if appeal.occurrence_id}
    keys = {appeal.indicator_key for appeal in appeals if appeal.indicator_key}
    return CardForSettlement(
        line_id=card.line_id,
        contract_id=card.line.contract_id,
        card=card.code,
        revision=card.revision,
        state=card.state,
        outcome=card.outcome,
        score=card.score,
        is_failed=card.is_failed,
        is_reliable=card.state in {"confirmed", "final"},
        scheme=card.scheme_version.scheme.key,
        accrued_points=Decimal(card.result.get("accrued_points", "0")),
        occurrences=tuple(_charged(card, row, row.pk in disputed or row.effect_key in keys) for row in card.occurrences.all()),
        disputed_indicators=tuple(sorted(keys)),
    )


def _charged(card: Card, row: CardOccurrence, is_disputed: bool) -> ChargedOccurrence:  # noqa: FBT001 - private, named by its place
    occurrence = Occurrence(
        row.app, row.code, card.line_id, row.on, row.kind, row.key, row.severity, row.quantity, row.label, row.place
    )
    return ChargedOccurrence(occurrence, row.section, row.effect_key, row.points, row.is_struck, is_disputed)
