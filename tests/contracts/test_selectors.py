from datetime import date
from decimal import Decimal

import pytest

from duban.contracts.domain.outsourcing import Alarm
from duban.contracts.selectors import (
    contract_dates,
    contracts_expiring,
    contracts_listed,
    estate_lines,
    estate_outsourcing,
    line_get,
    lines_by_id,
    lines_by_reference,
    notices_due,
    outsourcing_of,
)
from duban.contracts.selectors.calendar import contract_month, contract_timeline_chart
from duban.contracts.selectors.options import line_label, line_options, office_options
from duban.contracts.selectors.search import search_contracts
from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from tests.factories.contracts import ContractFactory, ContractLineFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def line(world):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    ContractLineFactory(
        contract=ContractFactory(office=world.theirs.city, vendor=world.theirs.vendor), estate=world.theirs.estate
    )
    return ContractLineFactory(contract=contract, estate=world.ours.estate)


def test_the_register_adds_up_fixed_fees_only(world, actor, line):
    ContractLineFactory(contract=line.contract, estate=world.ours.estate, service_line="greening", fee_basis="per_visit")
    row = contracts_listed(actor("finance")).get()
    assert (row.line_count, row.monthly_total) == (2, Decimal(10000))


def test_an_office_sees_contracts_with_a_line_at_its_estates(actor, line):
    assert line_get(actor("estate_manager"), line.pk) == line
    with pytest.raises(NotFound):
        line_get(actor("rival_manager"), line.pk)
    assert lines_by_id([line.pk]) == {line.pk: line}


def test_lines_are_found_by_code_and_number(actor, line):
    for name in (line.contract.code, line.contract.number):
        assert lines_by_reference([(name, "1"), (name, "2")], actor=actor("finance"))[name, "1"] == line.pk
    assert lines_by_reference([(line.contract.code, "1")], actor=actor("their finance")) == {}


def test_expiring_contracts_and_due_notices(world, actor, line):
    assert list(contracts_expiring(actor("finance"), TODAY)) == [line.contract]
    assert list(contracts_expiring(actor("finance"), date(2026, 10, 1))) == []
    tenant = world.ours.root.path
    assert notices_due(tenant, date(2026, 9, 1)) == []
    assert notices_due(tenant, date(2026, 9, 2)) == [(line.contract, 30)]
    assert notices_due(tenant, date(2026, 9, 25)) == [(line.contract, 7)]
    assert notices_due(tenant, date(2026, 10, 3)) == []


def test_dates_of_contracts(actor, line):
    found = contract_dates(actor("finance"), date(2026, 1, 1), date(2026, 12, 31))
    assert [(row.on, row.kind) for row in found] == [
        (date(2026, 1, 1), "starts"),
        (date(2026, 10, 2), "notice"),
        (date(2026, 12, 31), "ends"),
    ]
    month = contract_month(actor("finance"), Period.parse("2026-10"))
    assert (month.count, len(month.weeks[0])) == (1, 7)
    chart = contract_timeline_chart(actor("finance"), date(2026, 1, 1))
    assert [(bar.left, bar.width) for bar in chart.bars] == [("0.00", "50.00")]


def test_who_serves_an_estate(world, actor, line):
    assert estate_lines(actor("finance"), world.ours.estate, TODAY) == [line]
    assert estate_outsourcing(world.ours.estate, TODAY).assessment.outsourced == ("cleaning",)


def test_the_matrix_shows_the_worst_first(world, actor, line):
    world.ours.estate.service_fee_per_m2 = Decimal("0.2")
    world.ours.estate.save()
    rows = outsourcing_of(actor("finance"), TODAY)
    assert [(row.estate, row.assessment.alarm) for row in rows] == [
        (world.ours.estate, Alarm.YELLOW),
        (world.ours.estate_two, Alarm.GREEN),
    ]


def test_options_and_labels(world, actor, line):
    assert line_options(actor("finance")) == [(str(line.pk), line_label(line))]
    assert [name for _, name in office_options(actor("estate_manager"))] == [world.ours.project.name]


def test_search_stays_inside_the_scope(actor, line):
    assert [hit.title for hit in search_contracts(actor("vendor_manager"), line.contract.number, 5)] == [line.contract.title]
    assert search_contracts(actor("rival_manager"), line.contract.number, 5) == []
    assert search_contracts(actor("vendor_foreman"), line.contract.number, 5) == []
