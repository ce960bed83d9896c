from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.errors import Invalid, NotAllowed
from duban.settlement.models import Adjustment, ChangeOrder, Statement, TermsVersion
from duban.settlement.services.building import statements_build
from duban.settlement.services.extras import adjustment_add, change_order_add
from duban.settlement.services.storing import recompute
from duban.settlement.services.terms import terms_bind, terms_store_template
from tests.factories.settlement import OCTOBER, T2_CHOICES, make_contract, make_statement, make_terms

pytestmark = pytest.mark.django_db


def store(actor, tenant, role="finance", **changes):
    return terms_store_template(actor=actor(role), tenant=tenant.root, code="T2", choices=T2_CHOICES, changes=changes)


def test_terms_are_stored_once_and_then_as_versions(world, actor):
    first = store(actor, world.ours)
    assert store(actor, world.ours) == first
    second = store(actor, world.ours, retention={"rate": "0.03"})
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    assert second.terms().retention.rate == Decimal("0.03")


@pytest.mark.parametrize("role", ["vendor_manager", "quality_manager", "their finance"])
def test_who_may_not_store_terms_stores_none(world, actor, role):
    with pytest.raises(NotAllowed):
        store(actor, world.ours, role)
    assert not TermsVersion.objects.exists()


def test_binding(world, actor):
    contract = make_contract(world.ours)
    version = store(actor, world.ours, retention={"rate": "0.03"})
    line = contract.lines.get(number=1)
    values = {"contract": contract, "version": version, "from_on": date(2026, 7, 1)}
    binding = terms_bind(actor=actor("finance"), line=line, **values)
    assert terms_bind(actor=actor("finance"), line=line, **values) == binding
    for wrong in ({"version": make_terms(world.theirs)}, {"from_on": date(2027, 1, 1)}):
        with pytest.raises(Invalid):
            terms_bind(actor=actor("finance"), **{**values, **wrong})
    with pytest.raises(NotAllowed):
        terms_bind(actor=actor("vendor_manager"), **values)


def test_a_line_of_its_own_terms_is_paid_by_them(world, actor):
    statement = make_statement(world.ours, scores=("80", "78.4"))
    own = terms_store_template(actor=actor("finance"), tenant=world.ours.root, code="T4", choices={})
    line = statement.contract.lines.get(number=1)
    terms_bind(actor=actor("finance"), contract=statement.contract, version=own, from_on=date(2026, 7, 1), line=line)
    statements_build(actor=actor("finance"), period=OCTOBER)
    assert statement.lines.get(kind="score", contract_line=line).amount == Decimal("-6240.00")


def test_change_orders_and_adjustments(world, actor):
    contract = make_contract(world.ours)
    finance = actor("finance")
    order = change_order_add(
        actor=finance, contract=contract, name="wash", amount=Decimal(500), from_on=date(2026, 10, 3), is_monthly=False
    )
    adjustment_add(actor=finance, contract=contract, period=OCTOBER, name="damage", amount=Decimal(-200), reason="glass")
    statements_build(actor=finance, period=OCTOBER)
    amounts = dict(Statement.objects.get().lines.values_list("key", "amount"))
    assert amounts[f"change:{order.code}"] == Decimal("500.00")
    assert amounts[f"adjustment:{Adjustment.objects.get().code}"] == Decimal("-200.00")
    statements_build(actor=finance, period=OCTOBER.next())
    november = Statement.objects.get(period_code="2026-11")
    assert not november.lines.filter(kind__in=["change_order", "adjustment"]).exists()


def test_refused_extras_change_nothing(world, actor):
    contract = make_contract(world.ours)
    values = {"contract": contract, "name": "x", "amount": Decimal(1)}
    with pytest.raises(Invalid):
        change_order_add(actor=actor("finance"), from_on=date(2027, 1, 1), **values)
    with pytest.raises(NotAllowed):
        change_order_add(actor=actor("vendor_manager"), from_on=date(2026, 1, 1), **values)
    with pytest.raises(Invalid):
        adjustment_add(actor=actor("finance"), period=OCTOBER, reason=" ", **values)
    with pytest.raises(NotAllowed):
        adjustment_add(actor=actor("quality_manager"), period=OCTOBER, reason="x", **values)
    assert not ChangeOrder.objects.exists()
    assert not Adjustment.objects.exists()


def test_what_is_stored_recomputes_to_the_same(world):
    statement = make_statement(world.ours)
    result = recompute(statement, ())
    assert result.totals.payable_amount == statement.payable_amount
    assert [line.line_id for line in result.lines] == list(statement.lines.values_list("key", flat=True))
