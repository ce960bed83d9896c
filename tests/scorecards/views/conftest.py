import pytest

from duban.scorecards.models import Card
from duban.scorecards.services import card_publish
from tests.factories.scorecards import bound_line, closed, full_month, office


@pytest.fixture
def card(world, evidence) -> Card:
    """A published card."""
    full_month(evidence, bound_line(world.ours))
    closed(world.ours)
    card_publish(actor=office(world.ours), card=Card.objects.get())
    return Card.objects.get()
