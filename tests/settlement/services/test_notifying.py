import pytest

from duban.platform.notices.models import Notice
from duban.settlement.domain.events import AppealDecided, LineAppealed, StatementSent
from duban.settlement.services.notifying import tell_appealed, tell_decided, tell_sent
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(world):
    make_statement(world.theirs)
    return make_statement(world.ours)


def told(world):
    return {row.person_id for row in Notice.objects.all()}


def test_the_vendor_is_told_of_a_sent_statement(world, statement):
    tell_sent(StatementSent(statement.code, statement.contract.code, "2026-10"))
    assert told(world) == {world.person("vendor_manager").pk}


def test_those_who_decide_are_told_of_an_appeal(world, statement):
    tell_appealed(LineAppealed(statement.code, "score:x"))
    assert told(world) == {world.person("finance").pk, world.person("quality_manager").pk}


@pytest.mark.parametrize("is_upheld", [True, False])
def test_the_vendor_is_told_of_the_decision(world, statement, is_upheld):
    tell_decided(AppealDecided(statement.code, "score:x", is_upheld))
    assert told(world) == {world.person("vendor_manager").pk}
