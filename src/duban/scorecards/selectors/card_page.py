"""Everything the page of one card draws, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.kernel.actor import Actor
from duban.platform.conversations.selectors import conversation_url
from duban.platform.ui.charts import Radar, Trend
from duban.platform.ui.components import Action, Badge, Link, TimelineEntry, badge_of
from duban.platform.ui.formatting import NOTHING, fixed, month
from duban.scorecards.domain.result import Outcome, Section, Status
from duban.scorecards.domain.rules import plain
from duban.scorecards.models import Card, CardAppeal
from duban.scorecards.selectors.card_actions import actions_for
from duban.scorecards.selectors.card_charts import radar_of, trend_of
from duban.scorecards.selectors.card_history import timeline_of
from duban.scorecards.selectors.cards import PastScore, appeals_of, history_of, rank_of
from duban.scorecards.selectors.wording import STATUSES, decimal_in, name_of, rule_text, service_name, value_text

Row = Mapping[str, Any]


@dataclass(frozen=True)
class IndicatorLine:
    """One weighted row of the card."""

    key: str
    name: str
    rule: str
    value: str
    sample: str
    weight: str
    points: str
    share: Decimal | None
    status: str
    is_counted: bool
    needed: str
    tone: str
    is_worst: bool
    interval: str
    url: str


@dataclass(frozen=True)
class AdjustmentLine:
    """A deduction or bonus row."""

    key: str
    name: str
    rule: str
    count: str
    points: str
    kind: str
    tone: str
    url: str


@dataclass(frozen=True)
class CardPage:
    """The card page."""

    card: Card
    title: str
    facts: tuple[str, ...]
    links: tuple[Link, ...]
    badge: Badge
    actions: list[Action]
    chain_url: str
    score: str
    ceiling: str
    outcome: str
    interval: str
    change: Decimal | None
    rank: str
    indicators: tuple[IndicatorLine, ...]
    adjustments: tuple[AdjustmentLine, ...]
    red_lines: tuple[str, ...]
    maximum: str
    radar: Radar
    trend: Trend
    timeline: list[TimelineEntry]
    appeals: list[CardAppeal]
    thread_url: str
    deadline: str
    notices: tuple[str, ...]


def card_page(actor: Actor, card: Card) -> CardPage:
    """The page; about ten statements whatever the size of the card."""
    history = history_of(card)
    appeals = appeals_of(card)
    result = cast("Row", card.result)
    return CardPage(
        card=card,
        title=card_title(card),
        facts=_facts(card),
        links=_links(card),
        badge=badge_of(card.STATES, card.state),
        actions=actions_for(actor, card),
        chain_url=_chain_url(card),
        score=NOTHING if card.score is None else fixed(card.score, 1),
        ceiling=plain(decimal_in(result.get("ceiling"))),
        outcome=card.outcome,
        interval=f"{card.low} – {card.high}" if card.low is not None else "",
        change=_change(history),
        rank=_rank(card),
        indicators=indicator_lines(card),
        adjustments=adjustment_lines(card),
        red_lines=tuple(name_of(item["name"]) for item in result.get("red_lines", ())),
        maximum=plain(decimal_in(result.get("maximum"))),
        radar=radar_of(card, history),
        trend=trend_of(card, history),
        timeline=timeline_of(actor, card),
        appeals=appeals,
        thread_url=conversation_url(card),
        deadline=_deadline(card),
        notices=_notices(actor, card),
    )


def card_title(card: Card) -> str:
    """Estate · service · period."""
    period = month(card.period.span) if card.period.kind == "month" else card.period.key
    return f"{card.line.estate.name} · {service_name(card.line.service_line)} · {period}"


def indicator_lines(card: Card) -> tuple[IndicatorLine, ...]:
    """The weighted rows; the one that lost most points is marked."""
    rows = [cast("Row", item) for item in card.result.get("indicators", ())]
    lost = {row["key"]: _lost(row) for row in rows}
    worst = max(lost, key=lambda key: lost[key], default="")
    return tuple(_indicator(card, row, is_worst=row["key"] == worst and lost[worst] > 0) for row in rows)


def adjustment_lines(card: Card) -> tuple[AdjustmentLine, ...]:
    """Deductions and bonuses."""
    return tuple(_adjustment(card, cast("Row", item)) for item in card.result.get("adjustments", ()))


def evidence_url(card: Card, key: str) -> str:
    """Where a row of the card opens into its evidence."""
    return reverse("scorecards:evidence", args=[card.code, key])


def _lost(row: Row) -> Decimal:
    points = decimal_in(row["points"])
    return Decimal(0) if points is None else (decimal_in(row["effective_weight"]) or Decimal(0)) - points


def _indicator(card: Card, row: Row, *, is_worst: bool) -> IndicatorLine:
    points, weight = decimal_in(row["points"]), decimal_in(row["effective_weight"]) or Decimal(0)
    share = points / weight if points is not None and weight else None
    status = Status(row["status"])
    interval = row.get("interval")
    return IndicatorLine(
        key=row["key"],
        name=name_of(row["name"]),
        rule=rule_text(row["rule"]),
        value=value_text(row["value_kind"], decimal_in(row["value"])),
        sample=fixed(row["sample"], 0),
        weight=plain(weight.quantize(Decimal("0.01"))) if points is not None else NOTHING,
        points=fixed(points, 1),
        share=share,
        status="" if status is Status.OK else _(STATUSES[status]),
        is_counted=points is not None,
        needed=plain(decimal_in(row["needed"])),
        tone="warning" if share is not None and share < Decimal("0.6") else "waiting",
        is_worst=is_worst,
        interval=f"{fixed(interval[0], 1)} – {fixed(interval[1], 1)}" if interval else "",
        url=evidence_url(card, row["key"]),
    )


def _adjustment(card: Card, row: Row) -> AdjustmentLine:
    points = decimal_in(row["points"]) or Decimal(0)
    is_bonus = row["section"] == Section.BONUS
    return AdjustmentLine(
        key=row["key"],
        name=name_of(row["name"]),
        rule=rule_text(row["rule"]),
        count=plain(decimal_in(row["count"])),
        points=fixed(points, 1, plus=True),
        kind=_("bonus") if is_bonus else _("deduction"),
        tone="bad" if points < 0 else "",
        url=evidence_url(card, row["key"]),
    )


def _facts(card: Card) -> tuple[str, ...]:
    contract = card.line.contract
    revision = _("revision {number}").format(number=card.revision)
    return (
        f"{card.code} · {revision}",
        contract.vendor.short_name,
        _("{contract} line {number}").format(contract=contract.code, number=card.line.number),
        _("scheme {key} version {number}").format(key=card.scheme_version.scheme.key, number=card.scheme_version.number),
    )


def _links(card: Card) -> tuple[Link, ...]:
    export = Link(
        _("Export to Excel"), reverse("scorecards:export", args=[card.code]), symbol="file-spreadsheet", download=True
    )
    trace = Link(_("How it was computed"), reverse("scorecards:trace", args=[card.code]), symbol="list-check")
    links = [trace, export]
    replaced = getattr(card, "replaced_by", None)
    if replaced is not None:
        links.append(
            Link(_("Replaced by {code}").format(code=replaced.code), reverse("scorecards:detail", args=[replaced.code]))
        )
    if card.replaces is not None:
        links.append(
            Link(_("Replaces {code}").format(code=card.replaces.code), reverse("scorecards:detail", args=[card.replaces.code]))
        )
    return tuple(links)


def _chain_url(card: Card) -> str:
    query = f"contract={card.line.contract.code}&line={card.line.number}&month={card.period.key}&at=score"
    return f"{reverse('insight:chain')}?{query}"


def _change(history: list[PastScore]) -> Decimal | None:
    scores = [item.score for item in history[-2:]]
    if len(scores) == 1 or scores[0] is None or scores[1] is None:
        return None
    return scores[1] - scores[0]


def _rank(card: Card) -> str:
    rank = rank_of(card)
    if rank is None or rank.count == 1:
        return ""
    place = f"{rank.first}" if rank.first == rank.last else f"{rank.first}–{rank.last}"
    return _("place {place} of {count} comparable lines").format(place=place, count=rank.count)


def _deadline(card: Card) -> str:
    if card.state != "published" or card.confirm_by is None:
        return ""
    days = (card.confirm_by - timezone.localdate()).days
    left = ngettext("{days} day left", "{days} days left", max(days, 0)).format(days=max(days, 0))
    return _("The vendor may confirm or appeal until {day} ({left}); silence confirms.").format(day=card.confirm_by, left=left)


def _notices(actor: Actor, card: Card) -> tuple[str, ...]:
    notices = []
    if card.outcome == Outcome.HELD:
        notices.append(_("Too little evidence for a score. The card has none: neither full marks nor zero."))
    if card.is_failed:
        notices.append(_("A red line fails this card, whatever its score."))
    if card.has_late_evidence and not actor.is_vendor:
        notices.append(
            _("Evidence changed after this card was published. Withdraw it to draft and close the period again to take it in.")
        )
    if card.revision_reason:
        notices.append(_("Reason of the revision: {reason}").format(reason=card.revision_reason))
    return tuple(notices)
