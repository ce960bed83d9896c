import pytest

from duban.platform.notices.models import Notice
from duban.settlement.domain.events import AppealDecided, LineAppealed, StatementSent, WorkCountDisputed, WorkCountEntered
from duban.settlement.services.notifying import tell_appealed, tell_counted, tell_decided, tell_disputed, tell_sent
from tests.factories.counts import make_count, make_counted_contract
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


@pytest.mark.parametrize(("role", "is_office"), [("estate_manager", False), ("vendor_manager", True)])
def test_the_other_side_is_told_of_counted_work(world, role, is_office):
    count = make_count(make_counted_contract(world.ours).lines.get(number=1), world.ours, role=role)
    tell_counted(WorkCountEntered(count.code))
    office = {world.person(name).pk for name in ("finance", "estate_manager")}
    assert told(world) == (office if is_office else {world.person("vendor_manager").pk})


def test_the_entering_side_is_told_of_a_dispute(world):
    count = make_count(make_counted_contract(world.ours).lines.get(number=1), world.ours, role="vendor_manager")
    tell_disputed(WorkCountDisputed(count.code))
    assert told(world) == {world.person("vendor_manager").pk}
