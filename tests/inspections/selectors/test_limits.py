import pytest

from duban.inspections.domain.limits import Subject, Unit
from duban.inspections.models import TimeLimit
from duban.inspections.selectors.limits import (
    limit_contract,
    limit_contracts,
    limit_office,
    limit_offices,
    limits_of,
    line_facts,
    office_limits,
    shipped_limits,
)
from duban.inspections.services import limit_set
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.inspections import make_line


def test_every_subject_ships_with_a_source(actor, world):
    shipped = shipped_limits()
    assert set(shipped) == set(Subject)
    assert all(limit.source and limit.confidence for limit in shipped.values())
    rows = office_limits(actor("quality_manager"), world.ours.city)
    assert [row.limit for row in rows] == [shipped[subject] for subject in Subject]
    with pytest.raises(NotAllowed):
        office_limits(actor("vendor_worker"), world.ours.city)


def test_the_contract_goes_before_the_nearest_office(actor, world):
    manager, line = actor("quality_manager"), make_line(world.ours)
    other = make_line(world.ours)
    limit_set(actor=manager, of=world.ours.city, subject=Subject.MINOR, amount=5, unit=Unit.WORKING_DAYS, source="城市")
    limit_set(actor=manager, of=world.ours.project, subject=Subject.MINOR, amount=4, unit=Unit.WORKING_DAYS, source="项目")
    limit_set(actor=manager, of=line.contract, subject=Subject.MINOR, amount=6, unit=Unit.HOURS, source="合同")
    held = limits_of(line_facts([line.pk, other.pk]))
    assert [held[pk][Subject.MINOR].amount for pk in (line.pk, other.pk)] == [6, 4]
    assert {str(row) for row in TimeLimit.objects.all()} >= {"rectify.minor 6 hours"}


def test_offices_and_contracts_are_chosen_inside_the_own_company(actor, world):
    manager = actor("quality_manager")
    ours, theirs = make_line(world.ours).contract, make_line(world.theirs).contract
    offices = limit_offices(manager)
    assert world.ours.city in offices
    assert not {world.theirs.city, world.ours.vendor.unit} & set(offices)
    assert limit_office(manager, world.ours.city.code) == world.ours.city
    assert limit_contract(manager, ours.code) == ours
    assert limit_contracts(manager) == [ours]
    for read, code in (
        (limit_office, world.theirs.city.code),
        (limit_office, world.ours.vendor.unit.code),
        (limit_contract, theirs.code),
    ):
        with pytest.raises(NotFound):
            read(manager, code)
