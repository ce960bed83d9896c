from datetime import date

import pytest

from duban.contracts.models import Contract
from duban.kernel.errors import NotFound
from duban.orgs.models import Unit, UnitKind
from duban.platform.records import (
    CodeSequence,
    Record,
    ScopedModel,
    ScopedQuerySet,
    assign_codes,
    get_by_code,
    next_codes,
    state_constraint,
)


def test_codes_are_given_in_order(db):
    assert next_codes("XX", count=2, on=date(2026, 5, 1)) == ["XX-2026-0001", "XX-2026-0002"]
    assert next_codes("XX", on=date(2026, 6, 1)) == ["XX-2026-0003"]
    assert next_codes("XX", on=date(2027, 1, 1)) == ["XX-2027-0001"]
    assert next_codes("YY", on=date(2026, 5, 1)) == ["YY-2026-0001"]
    assert CodeSequence.objects.count() == 3


def test_block_of_codes_costs_little(db, django_assert_max_num_queries):
    next_codes("XX")
    with django_assert_max_num_queries(4):
        assert len(next_codes("XX", count=500)) == 500


def test_record_gets_its_code_once(db):
    unit = Unit(kind=UnitKind.GROUP, name="甲", path="/1/")
    unit.save()
    code = unit.code
    unit.save()
    assert (unit.code, code[:8]) == (code, "OU-2026-")


def test_codes_of_many(db):
    units = [Unit(kind=UnitKind.GROUP, name=str(number), path=f"/{number}/") for number in range(2)]
    assign_codes(units, on=date(2026, 5, 1))
    assert [unit.code for unit in units] == ["OU-2026-0001", "OU-2026-0002"]
    assign_codes([])


def test_records_of_many_start_in_the_initial_state(db):
    contract = Contract()
    assign_codes([contract])
    assert (contract.state, Record.__str__(contract)) == (Contract.STATES.initial, "CT-2026-0001")


def test_record_is_got_by_its_code_in_scope_only(world, actor):
    assert get_by_code(Unit.objects.for_actor(actor("finance")), world.ours.city.code) == world.ours.city
    with pytest.raises(NotFound):
        get_by_code(Unit.objects.for_actor(actor("their finance")), world.ours.city.code)


def test_scope_must_be_named(actor, world):
    with pytest.raises(NotImplementedError):
        ScopedQuerySet(Unit).for_actor(actor("finance"))
    with pytest.raises(NotImplementedError):
        ScopedModel.audit_scope(world.ours.city)
    assert Record.permission_paths(world.ours.city) == (world.ours.root.path,)


def test_states_are_held_by_the_database():
    constraint = state_constraint(Contract.STATES, "x")
    assert dict(constraint.condition.children)["state__in"] == sorted(Contract.STATES.states)
