"""The figures of the cockpit: a fixed number of grouped queries, whatever the size of the company."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from duban.contracts.models import Contract, ContractLine
from duban.insight.domain.movements import IndicatorLoss, LineScore
from duban.insight.domain.page import CardRow, ExpiryTotals, FindingTotals, MoneyTotals, Months
from duban.inspections.models import Finding
from duban.kernel.actor import Actor
from duban.kernel.money import fen
from duban.kernel.period import Period as Span
from duban.scorecards.models import Card, CardIndicator, Fact, Period
from duban.settlement.models import Statement, StatementLine
from duban.vendors.models import Certificate

LOOK_AHEAD = timedelta(days=90)
LOOK_BACK_MONTHS = 3
MONTHS_LISTED = 24
PRESENCE, REPLIED = "attendance.presence", "complaints.replied_on_time"


def months_known(actor: Actor, today: date) -> Months:
    """The months of the actor's company that have ended, newest first, and which of them wait to be closed: one query."""
    rows = Period.objects.for_actor(actor).filter(kind="month", ends_on__lt=today).order_by("-key").values_list("key", "state")
    listed = list(rows[:MONTHS_LISTED])
    closed = [key for key, state in listed if state == "closed"]
    waiting = sorted(key for key, state in listed if state == "open")
    return Months([key for key, _state in listed], closed[0] if closed else "", waiting)


def card_rows(actor: Actor, month: Span) -> list[CardRow]:
    """Current cards of the month and of the three months before it."""
    first = month
    for _ in range(LOOK_BACK_MONTHS):
        first = first.previous()
    cards = Card.objects.for_actor(actor).filter(
        is_current=True, period__starts_on__gte=first.start, period__ends_on__lte=month.end
    )
    rows = cards.order_by("line__estate_id", "line_id").values_list(
        "id",
        "code",
        "period__starts_on",
        "line_id",
        "line__estate_id",
        "line__estate__short_name",
        "line__service_line",
        "line__contract__vendor__short_name",
        "score",
        F("line__unit_price_amount") * F("line__quantity"),
    )
    return [CardRow(row[0], row[1], row[2].isoformat(), *row[3:]) for row in rows]


def line_scores(rows: Sequence[CardRow]) -> list[LineScore]:
    """Card rows as the pure rules want them."""
    return [LineScore(row.line_id, row.score, row.fee) for row in rows]


def indicator_losses(card_ids: Sequence[int]) -> dict[int, list[IndicatorLoss]]:
    """Lost share of every indicator of the given cards, by card."""
    rows = CardIndicator.objects.filter(card_id__in=card_ids, effective_weight__gt=0)
    losses: dict[int, list[IndicatorLoss]] = {}
    for card_id, key, points, weight in rows.values_list("card_id", "key", "points", "effective_weight"):
        if points is not None:
            losses.setdefault(card_id, []).append(IndicatorLoss(key, 1 - points / weight, weight))
    return losses


def indicator_names(card_ids: Sequence[int], language: str) -> dict[str, str]:
    """Names of indicators in the reader's language, from the scheme versions of the given cards."""
    names: dict[str, str] = {}
    definitions = Card.objects.filter(pk__in=card_ids).values_list("scheme_version__definition", flat=True)
    for definition in definitions:
        for block in definition.get("blocks", ()):
            for indicator in block.get("indicators", ()):
                name = indicator.get("name", {})
                names[indicator["key"]] = name.get(language) or name.get("zh") or indicator["key"]
    return names


def money_totals(actor: Actor, month: Span) -> MoneyTotals:
    """Sums over the current statements of the month."""
    sums = (
        Statement.objects.for_actor(actor)
        .filter(is_current=True, period_code=month.code)
        .aggregate(fee=Sum("fee_amount"), payable=Sum("payable_amount"), deducted=Sum("deduction_amount"))
    )
    return MoneyTotals(_fen(sums["fee"]), _fen(sums["payable"]), abs(_fen(sums["deducted"])))


def _fen(total: Decimal | None) -> Decimal:
    """A database sum in whole fen: SQLite adds without fixed places."""
    return fen(total or Decimal(0))


def deductions_by_cause(actor: Actor, month: Span, language: str) -> list[tuple[str, Decimal]]:
    """Deducted sums of the month by kind, deductions by fact under the name of their rule; positive, largest first."""
    statements = Statement.objects.for_actor(actor).filter(is_current=True, period_code=month.code)
    lines = StatementLine.objects.filter(statement__in=statements, kind__in=["charge", "score", "adjustment"], amount__lt=0)
    sums: dict[str, Decimal] = {}
    for kind, params, amount in lines.values_list("kind", "params", "amount"):
        name = _rule_name(params, language) if kind == "charge" else kind
        sums[name] = sums.get(name, Decimal(0)) - amount
    return sorted(sums.items(), key=lambda item: -item[1])


def _rule_name(params: Mapping[str, Any], language: str) -> str:
    rule = params.get("rule", "")
    return str(rule.get(language) or rule.get("zh")) if isinstance(rule, dict) else str(rule)


def finding_totals(actor: Actor, today: date) -> FindingTotals:
    """Findings not closed or withdrawn, and those of them past due."""
    unsettled = Finding.objects.for_actor(actor).filter(state__in=["open", "reopened", "rectified"])
    late = Q(state__in=["open", "reopened"], due_on__lt=today)
    counts = unsettled.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    return FindingTotals(counts["all"], counts["late"])


def monthly_shares(actor: Actor, metric: str, month: Span, *, months: int) -> dict[str, Decimal]:
    """Share (numerator over denominator, summed) of one metric by month key, for the months up to `month`."""
    first = month
    for _ in range(months - 1):
        first = first.previous()
    rows = (
        Fact.objects.filter(line__in=ContractLine.objects.for_actor(actor), metric=metric, day__range=(first.start, month.end))
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(top=Sum("numerator"), bottom=Sum("denominator"))
        .order_by("month")
    )
    return {row["month"].strftime("%Y-%m"): row["top"] / row["bottom"] for row in rows if row["bottom"]}


def expiry_totals(actor: Actor, today: date) -> ExpiryTotals:
    """Contracts and certificates that end within 90 days, and contracts whose notice day has passed."""
    horizon = today + LOOK_AHEAD
    ending = Contract.objects.for_actor(actor).filter(state="active", ends_on__range=(today, horizon))
    days_left = [(ends_on - today, timedelta(days=notice)) for ends_on, notice in ending.values_list("ends_on", "notice_days")]
    certificates = Certificate.objects.for_actor(actor).filter(valid_until__range=(today, horizon)).count()
    return ExpiryTotals(len(days_left), sum(left < notice for left, notice in days_left), certificates)
