import pytest

from duban.inspections.domain.limits import (
    OVERDUE,
    RECTIFY,
    SUBJECT_LABELS,
    Limit,
    OwnLimit,
    Subject,
    Unit,
    ladder_hours,
    limits_for,
)
from duban.inspections.selectors.limits import shipped_limits

SHIPPED = {subject: Limit(subject, 5, Unit.WORKING_DAYS, "T2") for subject in Subject}


def own(amount, **of):
    return OwnLimit(Limit(Subject.MINOR, amount, Unit.WORKING_DAYS, "合同"), **of)


@pytest.mark.parametrize(
    ("contract", "office", "amount"),
    [(7, "/1/4/9/", 1), (8, "/1/4/9/", 2), (8, "/1/4/", 3), (8, "/1/5/", 5), (8, "/2/", 5)],
)
def test_the_contract_stands_above_the_nearest_office_above_the_default(contract, office, amount):
    set_by = [own(3, office_path="/1/4/"), own(1, contract_id=7), own(2, office_path="/1/4/9/")]
    found = limits_for(SHIPPED, set_by, contract_id=contract, office_path=office)
    assert found[Subject.MINOR].amount == amount
    assert found[Subject.MAJOR].amount == 5


def test_every_subject_has_a_default_with_its_source():
    shipped = shipped_limits()
    assert set(shipped) == set(Subject) == set(SUBJECT_LABELS)
    assert all(limit.source and limit.confidence for limit in shipped.values())
    assert ladder_hours(shipped, OVERDUE) == (0, 24, 48, 72)


def test_only_rectification_is_counted_in_working_days():
    assert {subject for subject in Subject if subject.takes_working_days} == set(RECTIFY.values())
    assert Subject.MINOR.label == SUBJECT_LABELS[Subject.MINOR]
