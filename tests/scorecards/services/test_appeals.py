from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from duban.kernel.errors import Invalid, NotAllowed
from duban.platform.files.models import Attachment
from duban.scorecards.domain.appeals import AppealPoint
from duban.scorecards.models import Card, CardAppeal
from duban.scorecards.selectors.appeal_page import appeal_page
from duban.scorecards.selectors.card_page import card_page
from duban.scorecards.selectors.recompute import inputs_of_card
from duban.scorecards.services import appeal_decide, appeal_withdraw, card_appeal, card_publish
from tests.factories.scorecards import bound_line, closed, full_month, office


@pytest.fixture
def card(world, evidence) -> Card:
    """A card the vendor has in hand, published by the system."""
    full_month(evidence, bound_line(world.ours))
    closed(world.ours)
    card_publish(actor=office(world.ours), card=Card.objects.get())
    return Card.objects.get()


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


def failed_item(card):
    row = card.occurrences.get(kind="failed_item")
    return AppealPoint(ground="the lift was out of order", occurrence=(row.app, row.code))


def appeal(card, actor, *points):
    return card_appeal(actor=actor("vendor_manager"), card=card, points=points or (failed_item(card),))


def test_appeal_puts_the_card_under_appeal_with_files(card, actor):
    proof = SimpleUploadedFile("letter.png", picture(), content_type="image/png")
    found = card_appeal(actor=actor("vendor_manager"), card=card, points=(failed_item(card),), files=[proof])
    assert Card.objects.get().state == "appealed"
    assert [(item.state, item.ground) for item in found] == [("open", "the lift was out of order")]
    assert Attachment.objects.get().name == "letter.png"


def test_upheld_appeal_makes_a_final_revision_and_keeps_the_old_card(card, actor):
    found = appeal(card, actor)[0]
    appeal_decide(actor=actor("quality_manager"), appeal=found, uphold=True, note="confirmed by engineering")
    old, new = Card.objects.get(pk=card.pk), Card.objects.get(replaces=card)
    assert (old.state, old.is_current, old.score) == ("superseded", False, Decimal("83.5"))
    assert (new.state, new.is_current, new.revision, new.score) == ("final", True, 2, Decimal("84.5"))
    assert new.revision_reason == "confirmed by engineering"
    assert [(row.is_struck, row.points) for row in new.occurrences.filter(kind="failed_item")] == [(True, Decimal(0))]
    assert inputs_of_card(new).struck == frozenset({("fake", new.occurrences.get(kind="failed_item").code)})


def test_upheld_appeal_against_an_indicator_sets_its_evidence_aside(card, actor):
    found = appeal(card, actor, AppealPoint(ground="wrong building", indicator_key="floors"))[0]
    appeal_decide(actor=actor("quality_manager"), appeal=found, uphold=True, note="other vendor's building")
    new = Card.objects.get(replaces=card)
    assert new.indicators.get(key="floors").status == "insufficient"
    assert new.score > card.score


def test_rejected_appeal_makes_the_card_final_as_it_is(card, actor):
    appeal_decide(actor=actor("quality_manager"), appeal=appeal(card, actor)[0], uphold=False, note="photo is clear")
    stored = Card.objects.get()
    assert (stored.state, stored.score, stored.is_current) == ("final", card.score, True)
    assert CardAppeal.objects.get().decision_note == "photo is clear"


def test_card_waits_for_the_last_decision(card, actor):
    other = card.occurrences.get(kind="valid_complaint")
    points = (failed_item(card), AppealPoint(ground="not ours", occurrence=(other.app, other.code)))
    first, second = appeal(card, actor, *points)
    appeal_decide(actor=actor("quality_manager"), appeal=first, uphold=False, note="no")
    assert Card.objects.get().state == "appealed"
    appeal_decide(actor=actor("quality_manager"), appeal=second, uphold=True, note="yes")
    assert Card.objects.get(is_current=True).score == Decimal("84.0")


def test_who_published_may_not_decide(world, evidence, actor):
    full_month(evidence, bound_line(world.ours))
    closed(world.ours)
    card_publish(actor=actor("quality_manager"), card=Card.objects.get())
    found = appeal(Card.objects.get(), actor)[0]
    with pytest.raises(NotAllowed):
        appeal_decide(actor=actor("quality_manager"), appeal=found, uphold=False, note="no")
    assert CardAppeal.objects.get().state == "open"


@pytest.mark.parametrize("who", ["vendor_manager", "finance", "their quality_manager", "stranger"])
def test_others_may_not_decide(card, actor, who):
    found = appeal(card, actor)[0]
    with pytest.raises(NotAllowed):
        appeal_decide(actor=actor(who), appeal=found, uphold=True, note="yes")
    assert Card.objects.get().state == "appealed"


@pytest.mark.parametrize("who", ["quality_manager", "rival_manager", "their vendor_manager"])
def test_others_may_not_appeal(card, actor, who):
    with pytest.raises(NotAllowed):
        card_appeal(actor=actor(who), card=card, points=(failed_item(card),))
    assert CardAppeal.objects.count() == 0


def test_withdrawing_the_last_appeal_makes_the_card_final(card, actor):
    found = appeal(card, actor)[0]
    appeal_withdraw(actor=actor("vendor_manager"), appeal=found)
    assert (Card.objects.get().state, CardAppeal.objects.get().state) == ("final", "withdrawn")


@pytest.mark.parametrize(
    ("points", "field"),
    [
        ((), "points"),
        ((AppealPoint(ground="x", occurrence=("fake", "nothing")),), "points[0]"),
        ((AppealPoint(ground="x", indicator_key="nothing"),), "points[0]"),
        ((AppealPoint(ground=" ", indicator_key="floors"),), "points[0].ground"),
        ((AppealPoint(ground="x", indicator_key="floors"), AppealPoint(ground="y", indicator_key="floors")), "points[1]"),
    ],
)
def test_incomplete_appeal_changes_nothing(card, actor, points, field):
    with pytest.raises(Invalid) as refusal:
        card_appeal(actor=actor("vendor_manager"), card=card, points=points)
    assert [error.field for error in refusal.value.errors] == [field]
    assert (Card.objects.get().state, CardAppeal.objects.count()) == ("published", 0)


def test_a_second_appeal_joins_the_first(card, actor):
    appeal(card, actor)
    complaint = card.occurrences.get(kind="valid_complaint")
    appeal(card, actor, AppealPoint(ground="not ours", occurrence=(complaint.app, complaint.code)))
    card.refresh_from_db()
    assert (card.state, CardAppeal.objects.filter(card=card, state="open").count()) == ("appealed", 2)


def test_the_page_of_a_decided_appeal_names_decision_and_both_cards(card, actor):
    found = appeal(card, actor)[0]
    quality = actor("quality_manager")
    appeal_decide(actor=quality, appeal=found, uphold=True, note="confirmed by engineering")
    page = appeal_page(quality, CardAppeal.objects.get(pk=found.pk))
    assert [str(fact.value) for fact in page.facts][-2:] == [world_name(actor), "confirmed by engineering"]
    new = Card.objects.with_names().get(replaces=card)
    old = Card.objects.with_names().get(pk=card.pk)
    assert any(new.code in link.label for link in card_page(quality, old).links)
    shown = card_page(quality, new)
    assert any(old.code in link.label for link in shown.links)
    assert any("confirmed by engineering" in text for text in shown.notices)


def world_name(actor):
    return str(actor("quality_manager").name)


def test_the_page_of_an_appeal_against_an_indicator_names_it(card, actor):
    found = appeal(card, actor, AppealPoint(ground="measured wrongly", indicator_key="lobby"))[0]
    facts = {str(fact.label): str(fact.value) for fact in appeal_page(actor("quality_manager"), found).facts}
    assert facts["In dispute"] not in {"", "lobby"}
    assert "Points" not in facts
