from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from duban.settlement.models import (
    Adjustment,
    ChangeOrder,
    Payment,
    RetentionEntry,
    Statement,
    StatementAppeal,
    TermsBinding,
    TermsVersion,
)
from duban.settlement.services.answering import line_appeal, statement_send
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(world):
    make_statement(world.theirs)
    return make_statement(world.ours)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_scope_of_statements_and_what_hangs_on_them(statement, actor):
    assert list(Statement.objects.for_actor(actor("finance"))) == [statement]
    assert not Statement.objects.for_actor(actor("vendor_manager")).exists()
    sent = statement_send(actor=actor("finance"), statement=statement)
    assert list(Statement.objects.for_actor(actor("vendor_manager"))) == [statement]
    assert not Statement.objects.for_actor(actor("rival_manager")).exists()
    line_appeal(actor=actor("vendor_manager"), line=sent.lines.get(kind="score", contract_line__number=2), reason="no")
    for model in (StatementAppeal, ChangeOrder):
        assert model.objects.for_actor(actor("finance")).count() == 1
        assert not model.objects.for_actor(actor("rival_manager")).exists()
    assert not Adjustment.objects.for_actor(actor("finance")).exists()


def test_scope_of_terms(statement, actor):
    assert list(TermsVersion.objects.for_actor(actor("finance"))) == [statement.terms_version]
    assert list(TermsVersion.objects.for_actor(actor("vendor_manager"))) == [statement.terms_version]
    assert not TermsVersion.objects.for_actor(actor("rival_manager")).exists()


def test_one_current_revision_only(statement):
    copy = Statement.objects.get(pk=statement.pk)
    copy.pk, copy.code, copy.revision = None, "", 2
    refused(copy.save)


def test_payments_are_positive(statement):
    refused(lambda: Payment.objects.create(statement=statement, amount=Decimal(0), paid_on=date(2026, 11, 1)))


def test_a_change_order_does_not_end_before_it_begins(statement):
    values = {"name": "x", "amount": Decimal(1), "from_on": date(2026, 2, 1), "until_on": date(2026, 1, 1)}
    refused(lambda: ChangeOrder.objects.create(contract=statement.contract, **values))


def test_a_contract_has_one_version_from_a_day(statement):
    binding = TermsBinding.objects.get(contract=statement.contract)
    again = {"contract": binding.contract, "version": binding.version, "from_on": binding.from_on}
    refused(lambda: TermsBinding.objects.create(**again))


def test_the_audit_scope_is_the_tenant(statement):
    root = statement.contract.office.tenant_path
    entry = RetentionEntry(contract=statement.contract, amount=Decimal(1), on=date(2026, 11, 1))
    payment = Payment(statement=statement, amount=Decimal(1), paid_on=date(2026, 11, 1))
    records = [statement, statement.lines.first(), entry, payment, statement.terms_version, ChangeOrder.objects.first()]
    assert {record.audit_scope() for record in records[:-1]} == {root}
    assert [str(item) for item in (statement.terms_version, payment, entry)] == ["T2 v1", "2026-11-01 1", "2026-11-01 1"]


def test_the_period_reads_back(statement):
    assert statement.period.code == "2026-10"
