"""What settlement reads: the card that counts for each line of a period, and the scores before it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from duban.kernel.period import Period as Span
from duban.scorecards.domain.scheme import Cycle
from duban.scorecards.models import Card, LineScheme

UNPUBLISHED = ("draft",)


def cards_for_settlement(lines: Collection[int], span: Span) -> list[Card]:
    """Current, published cards of the lines whose period ends with `span`, with their occurrences, in two queries.

    A line with a monthly and a quarterly card in the same period is settled by the monthly one, which comes last.
    """
    cards = Card.objects.filter(line__in=lines, is_current=True, period__ends_on=span.end).exclude(state__in=UNPUBLISHED)
    return list(cards.select_related("period").prefetch_related("occurrences").order_by("line", "-period__kind", "pk"))


def quarterly_lines(lines: Collection[int], on: date) -> set[int]:
    """Those of the lines that on a day are bound to a scheme whose cards judge a quarter: one query."""
    rows = LineScheme.objects.filter(line__in=lines, from_on__lte=on).order_by("from_on")
    cycles = dict(rows.values_list("line_id", "version__scheme__cycle"))
    return {line for line, cycle in cycles.items() if cycle == Cycle.QUARTER}


def scores_of_lines(lines: Collection[int], span: Span) -> dict[int, tuple[tuple[str, Decimal | None], ...]]:
    """The published scores of the lines up to and including `span`, oldest first, as (period key, score or `None`)."""
    rows = (
        Card.objects.filter(line__in=lines, is_current=True, period__ends_on__lte=span.end)
        .exclude(state__in=UNPUBLISHED)
        .order_by("line", "period__starts_on", "pk")
        .values_list("line_id", "period__key", "score")
    )
    found: defaultdict[int, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for line, key, score in rows:
        found[line].append((key, score))
    return {line: tuple(scores) for line, scores in found.items()}
