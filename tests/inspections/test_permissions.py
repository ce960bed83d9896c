import pytest

from duban.inspections.permissions import makes_round, require_maker
from duban.kernel.actor import system_actor
from duban.kernel.errors import NotAllowed
from tests.factories.inspections import make_line, make_plan, make_task


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_without_roles_everybody_who_may_record_makes_a_round(world, line, actor):
    for task in (make_task(line), make_task(line, plan=make_plan(world.ours))):
        require_maker(actor("quality_inspector"), task)
        require_maker(actor("estate_manager"), task)
        with pytest.raises(NotAllowed) as caught:
            require_maker(actor("finance"), task)
        assert caught.value.message == NotAllowed().message


def test_a_plan_with_roles_is_for_those_roles(world, line, actor):
    task = make_task(line, plan=make_plan(world.ours, roles=["quality_inspector"]))
    assert makes_round(system_actor("/"), task)
    require_maker(actor("quality_inspector"), task)
    with pytest.raises(NotAllowed) as caught:
        require_maker(actor("estate_manager"), task)
    assert "other roles" in str(caught.value.message)
    for stranger in ("finance", "vendor_manager"):
        with pytest.raises(NotAllowed) as caught:
            require_maker(actor(stranger), task)
        assert caught.value.message == NotAllowed().message
