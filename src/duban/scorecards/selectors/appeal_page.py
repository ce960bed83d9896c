"""Appeals: the list, one with its files and subject, and what can be chosen for a new one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.files.selectors import attachment_views, attachments_of
from duban.platform.ui.components import Action, Attachment, Badge, Fact, badge_of
from duban.platform.ui.formatting import fixed
from duban.scorecards.domain.appeals import AppealPoint
from duban.scorecards.models import Card, CardAppeal
from duban.scorecards.permissions import Right, can_decide, is_own_card
from duban.scorecards.selectors.card_page import card_title, indicator_lines
from duban.scorecards.selectors.cards import occurrences_of
from duban.scorecards.selectors.wording import kind_name, name_of, occurrence_url


def appeal_list(actor: Actor) -> "QuerySet[CardAppeal]":
    """Appeals in scope with what their rows show."""
    return CardAppeal.objects.for_actor(actor).select_related(
        "card__line__estate", "card__line__contract__vendor", "occurrence"
    )


@dataclass(frozen=True)
class AppealChoice:
    """Something on a card that may be appealed."""

    value: str
    label: str
    detail: str
    points: str
    is_chosen: bool
    is_indicator: bool


def choices_of(card: Card, chosen: set[str]) -> list[AppealChoice]:
    """Every indicator that lost points and every occurrence that cost some, dearest first."""
    indicators = [
        AppealChoice(
            f"indicator:{item.key}", item.name, item.rule, item.points, f"indicator:{item.key}" in chosen, is_indicator=True
        )
        for item in indicator_lines(card)
        if item.is_counted and item.share != 1
    ]
    occurrences = []
    for row in occurrences_of(card).filter(points__lt=0, is_struck=False).exclude(appeals__state="open"):
        value = f"{row.app}:{row.code}"
        detail = f"{row.on} · {kind_name(row.kind)} · {row.place}"
        occurrences.append(AppealChoice(value, row.label, detail, fixed(row.points, 2), value in chosen, is_indicator=False))
    return [*occurrences, *indicators]


def points_chosen(values: Iterable[str], ground: str) -> list[AppealPoint]:
    """The chosen values as points of an appeal, all with the same ground."""
    points = []
    for value in values:
        app, _colon, code = value.partition(":")
        if app == "indicator":
            points.append(AppealPoint(ground=ground, indicator_key=code))
        else:
            points.append(AppealPoint(ground=ground, occurrence=(app, code)))
    return points


@dataclass(frozen=True)
class AppealPage:
    """One appeal."""

    appeal: CardAppeal
    title: str
    badge: Badge
    facts: list[Fact]
    files: tuple[Attachment, ...]
    may_decide: bool
    refusal: str
    actions: list[Action]


def appeal_page(actor: Actor, appeal: CardAppeal) -> AppealPage:
    """The page of one appeal: two statements."""
    card = appeal.card
    may_withdraw = appeal.state == "open" and any(actor.can(Right.APPEAL, path) for path in appeal.permission_paths())
    back = Action(_("Withdraw"), reverse("scorecards:appeal_withdraw", args=[appeal.code]), confirm=_("Withdraw this appeal?"))
    refused = appeal.state == "open" and is_own_card(actor, card)
    return AppealPage(
        appeal=appeal,
        title=_("Appeal {code}").format(code=appeal.code),
        badge=badge_of(appeal.STATES, appeal.state),
        facts=_facts(appeal),
        files=attachment_views(list(attachments_of(appeal))),
        may_decide=can_decide(actor, appeal),
        refusal=_("You published this card, so somebody else decides.") if refused else "",
        actions=[back] if may_withdraw else [],
    )


def _facts(appeal: CardAppeal) -> list[Fact]:
    card = appeal.card
    facts = [Fact(_("Card"), card_title(card), url=reverse("scorecards:detail", args=[card.code]))]
    row = appeal.occurrence
    if row is not None:
        facts.append(Fact(_("In dispute"), f"{row.on} · {row.label} · {row.place}", url=occurrence_url(row.app, row.code)))
        facts.append(Fact(_("Points"), fixed(row.points, 2)))
    else:
        names = {item["key"]: name_of(item["name"]) for item in card.result.get("indicators", ())}
        facts.append(Fact(_("In dispute"), names.get(appeal.indicator_key, appeal.indicator_key)))
    facts.append(Fact(_("Raised by"), appeal.raised_by or "–"))
    if appeal.decided_by is not None:
        facts.append(Fact(_("Decided by"), appeal.decided_by))
        facts.append(Fact(_("Decision"), appeal.decision_note))
    return facts
