import pytest

from duban.contracts.models import Contract
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.platform.audit.selectors import verify_chains
from duban.platform.states import advance, advance_many, allowed_moves
from tests.factories.inspections import make_line


@pytest.fixture
def contract(world):
    return make_line(world.ours).contract


def trail(record):
    return list(AuditEntry.objects.about(record).values_list("action", "reason"))


def test_move_changes_the_state_and_leaves_an_entry(world, actor, contract):
    moved = advance(contract, "suspend", actor=actor("procurement"), note="欠资料")
    assert (moved.state, contract.state, Contract.objects.get().state) == ("suspended",) * 3
    assert trail(contract) == [("suspend", "欠资料")]
    assert AuditEntry.objects.about(contract).get().changes == {"state": ["active", "suspended"]}


@pytest.mark.parametrize("note", ["", "  "])
def test_move_that_needs_a_reason(world, actor, contract, note):
    with pytest.raises(Invalid):
        advance(contract, "suspend", actor=actor("procurement"), note=note)
    assert (Contract.objects.get().state, trail(contract)) == ("active", [])


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "their procurement", "stranger"])
def test_move_needs_the_right(world, actor, contract, role):
    with pytest.raises(NotAllowed):
        advance(contract, "suspend", actor=actor(role), note="x")
    assert Contract.objects.get().state == "active"


def test_move_is_checked_against_what_is_stored(world, actor, contract):
    Contract.objects.update(state="terminated")
    with pytest.raises(WrongState):
        advance(contract, "suspend", actor=actor("procurement"), note="x")


def test_move_of_a_clock_is_made_by_the_system_only(world, actor, contract):
    with pytest.raises(NotAllowed):
        advance(contract, "expire", actor=actor("procurement"))
    advance(contract, "expire", actor=system_actor(world.ours.root.path))
    assert Contract.objects.get().state == "expired"


def test_clock_moves_many_with_one_entry(world, contract):
    other = make_line(world.ours).contract
    Contract.objects.filter(pk=other.pk).update(state="terminated")
    third = make_line(world.ours).contract
    system = system_actor(world.ours.root.path)
    moved = advance_many(Contract.objects.all(), "expire", actor=system, reason="到期")
    assert [record.pk for record in moved] == [contract.pk, third.pk]
    assert advance_many(Contract.objects.all(), "expire", actor=system) == []
    assert sorted(Contract.objects.values_list("state", flat=True)) == ["expired", "expired", "terminated"]
    entries = AuditEntry.objects.filter(action="expire").order_by("sequence")
    assert [(entry.target_code, entry.reason) for entry in entries] == [(contract.code, "到期"), (third.code, "到期")]
    assert verify_chains()[1] == []


def test_allowed_moves_are_those_of_the_role(world, actor, contract):
    assert [move.name for move in allowed_moves(contract, actor("procurement"))] == ["suspend", "terminate"]
    assert allowed_moves(contract, actor("finance")) == ()
    assert allowed_moves(contract, actor("their procurement")) == ()
