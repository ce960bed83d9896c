from decimal import Decimal

import pytest
from django.urls import reverse

from duban.settlement.models import Adjustment, RetentionEntry, Statement
from duban.settlement.selectors.statements import retention_held
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(world):
    return make_statement(world.ours)


def test_an_adjustment_changes_the_draft(statement, client_as):
    url = reverse("settlement:adjust", args=[statement.code])
    finance = client_as("finance")
    assert finance.get(url).status_code == 200
    assert finance.post(url, {"name": "praise"}).status_code == 422
    assert finance.post(url, {"name": "praise", "amount": "100", "reason": "owners' letter"}).status_code == 302
    assert Adjustment.objects.get().amount == Decimal("100.00")
    assert Statement.objects.get(pk=statement.pk).bonus_amount == Decimal("100.00")


def test_a_change_order_changes_the_draft(statement, client_as):
    url = reverse("settlement:change_order", args=[statement.code])
    finance = client_as("finance")
    assert finance.get(url).status_code == 200
    assert finance.post(url, {"name": "wash"}).status_code == 422
    assert finance.post(url, {"name": "wash", "amount": "3100", "is_monthly": "on", "from_on": "2026-10-31"}).status_code == 302
    assert Statement.objects.get().fee_amount == Decimal("249693.55")


def test_retention_is_released(statement, client_as):
    Statement.objects.update(state="paid")
    RetentionEntry.objects.create(contract=statement.contract, statement=statement, amount=Decimal(100), on=statement.ends_on)
    url = reverse("settlement:release", args=[statement.code])
    finance = client_as("finance")
    assert "Release retention" in finance.get(reverse("settlement:detail", args=[statement.code])).content.decode()
    assert finance.get(url).status_code == 200
    assert finance.post(url, {"amount": "200", "on": "2026-11-23", "note": "end"}).status_code == 422
    assert finance.post(url, {"amount": "40", "on": "2026-11-23", "note": "end"}).status_code == 302
    assert retention_held(statement.contract) == Decimal("60.00")


@pytest.mark.parametrize("name", ["adjust", "change_order", "release"])
def test_who_may_not(statement, client_as, name):
    url = reverse(f"settlement:{name}", args=[statement.code])
    assert client_as("quality_manager").get(url).status_code == 403
    assert client_as("their finance").get(url).status_code == 404
