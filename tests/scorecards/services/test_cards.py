from datetime import date

import pytest

from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.scorecards.models import Card
from duban.scorecards.services import (
    card_confirm,
    card_finalise,
    card_publish,
    card_withdraw,
    cards_lapse,
    cards_publish,
    cards_publish_named,
)
from duban.scorecards.services.cards import window_end
from tests.factories.scorecards import bound_line, closed, full_month, office


@pytest.fixture
def card(world, evidence) -> Card:
    """A draft card of our first estate, and one of theirs that could leak."""
    full_month(evidence, bound_line(world.ours))
    full_month(evidence, bound_line(world.theirs))
    closed(world.theirs)
    closed(world.ours)
    return Card.objects.get(line__contract__office=world.ours.project)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 23), 3, date(2026, 11, 26)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
    ],
)
def test_window_counts_working_days(start, days, end):
    assert window_end(start, days) == end


def test_window_across_a_year_not_yet_known_adds_a_day():
    assert window_end(date(2030, 12, 30), 3) == date(2031, 1, 3)


def test_publish_starts_the_window_and_says_who(card, actor):
    published = card_publish(actor=actor("quality_manager"), card=card)
    stored = Card.objects.get(pk=card.pk)
    assert (stored.state, stored.confirm_by) == ("published", date(2026, 11, 26))
    assert stored.published_by_id == actor("quality_manager").person_id
    assert published.code == card.code
    assert AuditEntry.objects.filter(action="publish", target_type="scorecards.card").count() == 1


def test_publishing_all_drafts_leaves_the_others_alone(card, world, actor):
    assert len(cards_publish(actor=actor("quality_manager"), period=card.period)) == 1
    assert cards_publish(actor=actor("quality_manager"), period=card.period) == []
    assert Card.objects.filter(state="draft").count() == 1


@pytest.mark.parametrize("who", ["finance", "vendor_manager", "their quality_manager", "stranger"])
def test_others_may_not_publish(card, actor, who):
    with pytest.raises(NotAllowed):
        card_publish(actor=actor(who), card=card)
    assert Card.objects.get(pk=card.pk).state == "draft"


def test_naming_an_unknown_card_publishes_none(card, actor):
    with pytest.raises(NotAllowed):
        cards_publish_named(actor=actor("quality_manager"), codes=(card.code, "SC-2026-9999"))
    assert Card.objects.get(pk=card.pk).state == "draft"


def test_vendor_confirms_and_the_office_finalises(card, actor):
    card_publish(actor=actor("quality_manager"), card=card)
    card_confirm(actor=actor("vendor_manager"), card=card)
    stored = Card.objects.get(pk=card.pk)
    assert (stored.state, stored.confirmed_by_id) == ("confirmed", actor("vendor_manager").person_id)
    card_finalise(actor=actor("quality_manager"), card=stored)
    assert Card.objects.get(pk=card.pk).state == "final"
    with pytest.raises(WrongState):
        card_finalise(actor=actor("quality_manager"), card=stored)


@pytest.mark.parametrize("who", ["quality_manager", "rival_manager", "their vendor_manager"])
def test_only_the_vendor_confirms(card, actor, who):
    card_publish(actor=actor("quality_manager"), card=card)
    with pytest.raises(NotAllowed):
        card_confirm(actor=actor(who), card=card)
    assert Card.objects.get(pk=card.pk).state == "published"


def test_silence_confirms_after_the_window_once(card, world):
    card_publish(actor=office(world.ours), card=card)
    assert cards_lapse(today=date(2026, 11, 26)) == 0
    assert cards_lapse(today=date(2026, 11, 27)) == 1
    assert cards_lapse(today=date(2026, 11, 27)) == 0
    stored = Card.objects.get(pk=card.pk)
    assert (stored.state, stored.confirmed_by_id) == ("confirmed", None)


def test_withdrawing_needs_a_reason_and_clears_the_window(card, actor):
    card_publish(actor=actor("quality_manager"), card=card)
    with pytest.raises(Invalid):
        card_withdraw(actor=actor("quality_manager"), card=card, note=" ")
    card_withdraw(actor=actor("quality_manager"), card=card, note="late evidence")
    stored = Card.objects.get(pk=card.pk)
    assert (stored.state, stored.published_at, stored.confirm_by) == ("draft", None, None)
