"""Telling people what happened to a card. Each function hears one event, by job; repeating it tells again, nothing worse."""

from collections.abc import Mapping

from django.urls import reverse

from duban.kernel.text import mark
from duban.orgs.selectors import people_with
from duban.platform.notices.services import notify
from duban.scorecards.domain.events import CardAppealed, CardPublished, CardRevised, CardSettled
from duban.scorecards.models import Card
from duban.scorecards.permissions import Right


def tell_published(event: CardPublished) -> None:
    """Tell the vendor that a card waits for its answer."""
    title = mark("{card}: the score of {estate}, {period}, is published. Confirm or appeal until {day}.")
    _tell_vendor(event.card, kind="scorecards.published", title=title, more={"day": event.confirm_by})


def tell_appealed(event: CardAppealed) -> None:
    """Tell those who decide that a card is under appeal."""
    card = _card(event.card)
    if card is not None:
        people = people_with(Right.DECIDE_APPEAL, card.line.estate.office.path)
        people = [person for person in people if person.pk != card.published_by_id]
        title = mark("{card}: the vendor appeals against the score of {estate}, {period}.")
        notify(people=people, kind="scorecards.appealed", title=title, params=_params(card), url=_url(card))


def tell_revised(event: CardRevised) -> None:
    """Tell the vendor that an appeal was upheld."""
    title = mark("{card}: your appeal was upheld; this revision replaces the card of {estate}, {period}.")
    _tell_vendor(event.card, kind="scorecards.decided", title=title)


def tell_settled(event: CardSettled) -> None:
    """Tell the vendor that a card is final."""
    if event.state == "final":
        title = mark("{card}: the score of {estate}, {period}, is final.")
        _tell_vendor(event.card, kind="scorecards.decided", title=title)


def _tell_vendor(code: str, *, kind: str, title: str, more: Mapping[str, str] | None = None) -> None:
    card = _card(code)
    if card is not None:
        people = people_with(Right.CONFIRM, card.line.contract.vendor.unit.path)
        notify(people=people, kind=kind, title=title, params={**_params(card), **(more or {})}, url=_url(card))


def _card(code: str) -> Card | None:
    return Card.objects.with_names().filter(code=code).first()


def _params(card: Card) -> dict[str, str]:
    return {"card": card.code, "estate": card.line.estate.name, "period": card.period.key}


def _url(card: Card) -> str:
    return reverse("scorecards:detail", args=[card.code])
