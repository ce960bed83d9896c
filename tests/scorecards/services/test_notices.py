import pytest

from duban.platform.notices.models import Notice
from duban.scorecards.domain.events import CardAppealed, CardPublished, CardRevised, CardSettled
from duban.scorecards.models import Card
from duban.scorecards.services.notices import tell_appealed, tell_published, tell_revised, tell_settled
from tests.factories.scorecards import bound_line, closed


@pytest.fixture
def where(world, evidence) -> dict[str, object]:
    """The fields that every event about the one card has."""
    bound_line(world.ours)
    closed(world.ours)
    card = Card.objects.get()
    return {"card": card.code, "line_id": card.line_id, "contract_id": card.line.contract_id, "period": "2026-10"}


def told():
    return {(notice.kind, notice.person_id) for notice in Notice.objects.all()}


def test_vendor_hears_of_its_card(where, world):
    tell_published(CardPublished(**where, confirm_by="2026-11-26"))
    assert told() == {("scorecards.published", world.ours.person("vendor_manager").pk)}


def test_deciders_hear_of_an_appeal_but_not_who_published(where, world):
    Card.objects.update(published_by=world.ours.person("quality_manager"))
    tell_appealed(CardAppealed(**where))
    assert told() == set()
    Card.objects.update(published_by=None)
    tell_appealed(CardAppealed(**where))
    assert told() == {("scorecards.appealed", world.ours.person("quality_manager").pk)}


def test_vendor_hears_the_decision(where, world):
    tell_revised(CardRevised(**where, replaced_card="SC-1"))
    tell_settled(CardSettled(**where, state="confirmed"))
    tell_settled(CardSettled(**where, state="final"))
    assert [notice.kind for notice in Notice.objects.all()] == ["scorecards.decided", "scorecards.decided"]


def test_a_card_that_is_gone_tells_nobody(where):
    Card.objects.all().delete()
    tell_published(CardPublished(**where, confirm_by="2026-11-26"))
    tell_appealed(CardAppealed(**where))
    assert told() == set()
