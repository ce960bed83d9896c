import json

import pytest
from click.testing import CliRunner

from duban.kernel.actor import system_actor
from duban.platform.audit.models import AuditEntry
from duban.platform.audit.services import write_entry
from duban.project.commands.trail import audit


@pytest.fixture
def chain(world):
    """Five entries of ours and one of theirs."""
    for tenant, count in ((world.ours, 5), (world.theirs, 1)):
        for number in range(count):
            actor = system_actor(tenant.root.path)
            write_entry(actor=actor, record=tenant.root, action="rename", changes={"name": ["old", f"new {number}"]})


def verify():
    result = CliRunner().invoke(audit, ["verify", "--json"])
    return result.exit_code, json.loads(result.output)


def test_an_untouched_trail_is_whole(chain):
    assert verify() == (0, {"entries": 6, "faults": []})


@pytest.mark.parametrize(
    "change", [{"actor_name": "somebody else"}, {"changes": {"name": ["old", "forged"]}}, {"reason": "late"}]
)
def test_an_old_row_altered_by_hand_is_found(chain, world, change):
    AuditEntry.objects.filter(scope=world.ours.root.path, sequence=2).update(**change)
    code, answer = verify()
    assert code == 1
    assert [(fault["scope"], fault["sequence"]) for fault in answer["faults"]] == [(world.ours.root.path, 2)]


def test_a_removed_row_is_found(chain, world):
    AuditEntry.objects.filter(scope=world.ours.root.path, sequence=3).delete()
    code, answer = verify()
    assert code == 1
    assert {fault["scope"] for fault in answer["faults"]} == {world.ours.root.path}


def test_a_cut_off_end_is_found(chain, world):
    AuditEntry.objects.filter(scope=world.ours.root.path, sequence=5).delete()
    assert verify()[0] == 1
