import pytest

from duban.kernel.actor import Channel
from duban.project.commands.shared import Progress, command_actor, tenant_root


def test_commands_act_inside_one_company(world):
    actor = command_actor(tenant_root(world.ours.root.code))
    assert (actor.tenant_path, actor.channel, actor.is_system) == (world.ours.root.path, Channel.COMMAND, True)


@pytest.mark.parametrize("is_watched", [True, False])
def test_progress_is_drawn_only_where_somebody_watches(capsys, is_watched):
    with Progress() as progress:
        progress.is_watched = is_watched
        progress.count(5, 10, "read")
        progress.show("save", 10, 10)
    assert ("50%" in capsys.readouterr().err) is is_watched
