from decimal import Decimal

import pytest

from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.platform.audit.models import AuditEntry
from duban.scorecards.domain.rating import RatingInput
from duban.scorecards.models import Card, PanelRating
from duban.scorecards.services import cards_publish, ratings_save
from tests.factories.scorecards import bound_line, closed, office, period


@pytest.fixture
def line(world, evidence):
    bound_line(world.theirs, scheme="T4")
    return bound_line(world.ours, scheme="T4")


@pytest.fixture
def october(world, line):
    return period(world.ours)


@pytest.fixture
def rate(actor, line, october):
    def _rate(role, rating, key="service", note=""):
        value = None if rating is None else Decimal(rating)
        return ratings_save(actor=actor(role), period=october, line=line, ratings={key: RatingInput(value, note)})

    return _rate


def test_ratings_of_several_people_count_at_the_next_close(world, line, rate):
    assert rate("quality_manager", "88") == 1
    closed(world.ours)
    assert Card.objects.get(line=line).score == 88
    assert rate("estate_manager", "92", note="very clean") == 1
    closed(world.ours)
    assert Card.objects.get(line=line).score == 90


def test_a_rating_is_changed_or_taken_back(world, line, rate):
    rate("quality_manager", "88")
    assert rate("quality_manager", "88") == 0
    assert rate("quality_manager", "86") == 1
    assert rate("quality_manager", "86", note="two halls") == 1
    assert PanelRating.objects.get().note == "two halls"
    assert rate("quality_manager", None) == 1
    assert rate("quality_manager", None) == 0
    assert not PanelRating.objects.exists()
    assert list(AuditEntry.objects.filter(action="rate").order_by("pk").values_list("changes__service", flat=True)) == [
        [None, "88"],
        ["88.00", "86"],
        ["86.00", "86"],
        ["86.00", None],
    ]


@pytest.mark.parametrize(("key", "rating"), [("service", "101"), ("service", "-1"), ("litter", "50")])
def test_what_cannot_be_rated_is_refused(rate, key, rating):
    with pytest.raises(Invalid) as refusal:
        rate("quality_manager", rating, key)
    assert [error.field for error in refusal.value.errors] == [key]
    assert not PanelRating.objects.exists()


def test_once_the_card_is_with_the_vendor_ratings_are_closed(world, actor, october, rate):
    rate("quality_manager", "88")
    closed(world.ours)
    cards_publish(actor=actor("quality_manager"), period=october)
    with pytest.raises(WrongState):
        rate("estate_manager", "1")


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "auditor"])
def test_who_rates_nothing_is_refused(rate, role):
    with pytest.raises(NotAllowed):
        rate(role, "88")


def test_a_line_elsewhere_is_not_found(actor, line, october):
    with pytest.raises(NotFound):
        ratings_save(actor=actor("their quality_manager"), period=october, line=line, ratings={})


def test_only_a_person_rates(world, line, october):
    with pytest.raises(NotAllowed):
        ratings_save(actor=office(world.ours), period=october, line=line, ratings={})
