import pytest

from duban.inspections.domain.limits import Subject, Unit
from duban.inspections.models import TimeLimit
from duban.inspections.selectors.limits import contract_limits, office_limits
from duban.inspections.services import limit_drop, limit_set
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from tests.factories.inspections import make_line


def test_an_office_and_a_contract_set_their_own(actor, world):
    manager, line = actor("quality_manager"), make_line(world.ours)
    limit_set(actor=manager, of=world.ours.city, subject=Subject.MINOR, amount=3, unit=Unit.WORKING_DAYS, source="公司制度")
    limit_set(actor=manager, of=line.contract, subject=Subject.MINOR, amount=2, unit=Unit.HOURS, source="合同 8.2")
    limit_set(actor=manager, of=line.contract, subject=Subject.MINOR, amount=4, unit=Unit.HOURS, source="合同 8.2")
    at_project = {row.limit.subject: row for row in office_limits(manager, world.ours.project)}
    assert (at_project[Subject.MINOR].limit.amount, at_project[Subject.MINOR].is_own) == (3, False)
    assert at_project[Subject.MINOR].limit.setter == world.ours.city.name
    of_contract = {row.limit.subject: row for row in contract_limits(manager, line.contract)}
    assert (of_contract[Subject.MINOR].limit.amount, of_contract[Subject.MINOR].is_own) == (4, True)
    limit_drop(actor=manager, of=line.contract, subject=Subject.MINOR)
    limit_drop(actor=manager, of=world.ours.city, subject=Subject.MINOR)
    with pytest.raises(NotFound):
        limit_drop(actor=manager, of=line.contract, subject=Subject.MINOR)
    assert TimeLimit.objects.count() == 0


@pytest.mark.parametrize(
    ("subject", "amount", "unit", "source"),
    [
        (Subject.MINOR, 3, Unit.WORKING_DAYS, " "),
        (Subject.MINOR, 0, Unit.HOURS, "x"),
        (Subject.MINOR, 91, Unit.WORKING_DAYS, "x"),
        (Subject.OVERDUE_1, 1, Unit.WORKING_DAYS, "x"),
        (Subject.OVERDUE_4, 24 * 60 + 1, Unit.HOURS, "x"),
    ],
)
def test_what_makes_no_sense_is_refused(actor, world, subject, amount, unit, source):
    with pytest.raises(Invalid):
        limit_set(actor=actor("quality_manager"), of=world.ours.city, subject=subject, amount=amount, unit=unit, source=source)
    assert TimeLimit.objects.count() == 0


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "their quality_manager", "quality_inspector"])
def test_only_who_may_sets_limits(actor, world, role):
    with pytest.raises(NotAllowed):
        limit_set(actor=actor(role), of=world.ours.city, subject=Subject.MINOR, amount=3, unit=Unit.WORKING_DAYS, source="x")
