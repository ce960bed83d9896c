from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.settlement.models import Payment, RetentionEntry, Statement
from duban.settlement.selectors.statements import retention_held
from duban.settlement.services.answering import line_appeal, statement_confirm, statement_send
from duban.settlement.services.paying import payment_record, retention_release, statement_finalise
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def sent(world, actor):
    return statement_send(actor=actor("finance"), statement=make_statement(world.ours))


@pytest.fixture
def confirmed(sent, actor):
    return statement_confirm(actor=actor("vendor_manager"), statement=sent)


def pay(statement, actor, amount, role="finance"):
    return payment_record(actor=actor(role), statement=statement, amount=Decimal(amount), paid_on=TODAY)


def test_final_then_paid(confirmed, actor):
    final = statement_finalise(actor=actor("finance"), statement=confirmed)
    assert retention_held(final.contract) == Decimal("11886.68")
    pay(final, actor, "200000")
    assert Statement.objects.get().state == "final"
    pay(final, actor, "25846.87")
    assert Statement.objects.get().state == "paid"


def test_the_undisputed_part_is_paid_during_an_appeal(sent, actor):
    line = sent.lines.get(kind="score", contract_line__number=2)
    line_appeal(actor=actor("vendor_manager"), line=line, reason="no")
    pay(sent, actor, "225846.87")
    with pytest.raises(Invalid):
        pay(sent, actor, "0.01")
    assert (Statement.objects.get().state, Payment.objects.count()) == ("disputed", 1)


def test_paid_before_final_closes_with_finalising(confirmed, actor):
    pay(confirmed, actor, "225846.87")
    assert statement_finalise(actor=actor("finance"), statement=confirmed).state == "paid"


@pytest.mark.parametrize("role", ["vendor_manager", "quality_manager", "their finance"])
def test_only_finance_pays(confirmed, actor, role):
    with pytest.raises(NotAllowed):
        pay(confirmed, actor, "1", role)
    with pytest.raises(NotAllowed):
        statement_finalise(actor=actor(role), statement=confirmed)
    assert not Payment.objects.exists()


def test_nothing_is_paid_before_it_is_agreed(sent, actor):
    with pytest.raises(NotAllowed):
        pay(sent, actor, "1")
    with pytest.raises(WrongState):
        statement_finalise(actor=actor("finance"), statement=sent)


def test_retention_is_released_from_what_the_ledger_holds(confirmed, actor):
    contract = statement_finalise(actor=actor("finance"), statement=confirmed).contract
    release = {"actor": actor("finance"), "contract": contract, "on": TODAY, "note": "end of warranty"}
    with pytest.raises(Invalid):
        retention_release(amount=Decimal("11886.69"), **release)
    retention_release(amount=Decimal("1886.68"), **release)
    assert retention_held(contract) == Decimal("10000.00")
    with pytest.raises(NotAllowed):
        retention_release(amount=Decimal(1), **{**release, "actor": actor("vendor_manager")})
    assert RetentionEntry.objects.count() == 2


def test_a_statement_without_retention_leaves_the_ledger_alone(world, confirmed, actor):
    Statement.objects.update(retention_amount=0)
    statement_finalise(actor=actor("finance"), statement=Statement.objects.with_names().get())
    assert not RetentionEntry.objects.exists()
