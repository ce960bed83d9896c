"""The life of a card between the office and the vendor."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, system_actor
from duban.kernel.calendar import UnknownYear, WorkCalendar
from duban.kernel.errors import NotAllowed
from duban.orgs.selectors import tenant_roots
from duban.platform.events import announce
from duban.platform.states import advance, advance_many
from duban.platform.working_days import china_calendar
from duban.scorecards.domain.events import CardPublished, CardSettled
from duban.scorecards.models import Card, Period


def window_end(start: date, working_days: int) -> date:
    """Last day of the vendor's window: the n-th working day after `start`.

    Next year's holidays may not be published yet. Then weekdays count and one day is added, for New Year's Day is the
    only holiday a window across the turn of the year can meet.
    """
    try:
        return china_calendar().add_working_days(start, working_days)
    except UnknownYear:
        return WorkCalendar.of((start.year, start.year + 1)).add_working_days(start, working_days + 1)


@transaction.atomic
def cards_publish_named(*, actor: Actor, codes: tuple[str, ...]) -> list[Card]:
    """Publish the named drafts, whichever period they are of; all or none. See `cards_publish`."""
    periods = Period.objects.filter(cards__code__in=codes).distinct().order_by("pk")
    by_period = {
        period: tuple(Card.objects.filter(code__in=codes, period=period).values_list("code", flat=True)) for period in periods
    }
    if sum(map(len, by_period.values())) != len(set(codes)):
        raise NotAllowed
    return [card for period, named in by_period.items() for card in cards_publish(actor=actor, period=period, codes=named)]


@transaction.atomic
def card_publish(*, actor: Actor, card: Card) -> Card:
    """Send a draft to the vendor and start its window. Raises `WrongState`, `NotAllowed`. Announces `CardPublished`."""
    return cards_publish(actor=actor, period=card.period, codes=(card.code,))[0]


@transaction.atomic
def cards_publish(*, actor: Actor, period: Period, codes: tuple[str, ...] | None = None) -> list[Card]:
    """Publish the drafts of a period (all in the actor's scope, or those named). Cards in other states are left alone.

    Raises `NotAllowed` if the right is missing for one of them, or if a named card is not a draft in scope.
    Announces `CardPublished` for each.
    """
    drafts = Card.objects.for_actor(actor).filter(period=period, state="draft", is_current=True, revision=1)
    if codes is not None:
        drafts = drafts.filter(code__in=codes)
    published = advance_many(drafts.with_names().defer("result", "evidence"), "publish", actor=actor)
    if codes is not None and len(published) != len(set(codes)):
        raise NotAllowed
    now = timezone.now()
    today = timezone.localdate(now)
    for card in published:
        _stamp_published(card, actor, now, today)
    Card.objects.bulk_update(published, ["published_at", "published_by", "confirm_by"], batch_size=500)
    for card in published:
        announce(
            CardPublished(
                card=card.code,
                line_id=card.line_id,
                contract_id=card.line.contract_id,
                period=card.period.key,
                confirm_by=str(card.confirm_by),
            )
        )
    return published


def _stamp_published(card: Card, actor: Actor, now: datetime, today: date) -> None:
    card.published_at, card.published_by_id = now, actor.person_id
    card.confirm_by = window_end(today, card.line.contract.appeal_working_days)


@transaction.atomic
def card_withdraw(*, actor: Actor, card: Card, note: str) -> Card:
    """Take a published card back to draft, with a reason; the next close brings it up to date."""
    locked = advance(card, "withdraw", actor=actor, note=note)
    Card.objects.filter(pk=locked.pk).update(published_at=None, published_by=None, confirm_by=None)
    return locked


@transaction.atomic
def card_confirm(*, actor: Actor, card: Card) -> Card:
    """The vendor agrees. Raises `WrongState`, `NotAllowed`. Announces `CardSettled`."""
    locked = advance(card, "confirm", actor=actor)
    Card.objects.filter(pk=locked.pk).update(confirmed_at=timezone.now(), confirmed_by=actor.person_id)
    announce_settled(locked)
    return locked


@transaction.atomic
def card_finalise(*, actor: Actor, card: Card) -> Card:
    """Make a confirmed card final. Announces `CardSettled`."""
    locked = advance(card, "finalise", actor=actor)
    announce_settled(locked)
    return locked


def cards_lapse(*, today: date | None = None) -> int:
    """The clock's part: silence past the window confirms, as the contract says. Returns how many cards. Safe to repeat."""
    day = today or timezone.localdate()
    count = 0
    for root in tenant_roots():
        actor = system_actor(root.path)
        with transaction.atomic():
            due = Card.objects.for_actor(actor).filter(state="published", confirm_by__lt=day).with_names()
            lapsed = advance_many(due.defer("result", "evidence"), "lapse", actor=actor, reason="window over")
            Card.objects.filter(pk__in=[card.pk for card in lapsed]).update(confirmed_at=timezone.now())
            for card in lapsed:
                announce_settled(card)
            count += len(lapsed)
    return count


def announce_settled(card: Card) -> None:
    """Tell those above that they may rely on the card."""
    announce(
        CardSettled(
            card=card.code, line_id=card.line_id, contract_id=card.line.contract_id, period=card.period.key, state=card.state
        )
    )
