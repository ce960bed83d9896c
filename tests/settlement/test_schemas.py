from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from duban.settlement.schemas import LineAppealIn, LineDecisionIn, PaymentIn


def test_payments_are_positive_and_to_the_fen():
    payment = PaymentIn(amount="12.50", paid_on="2026-11-23")
    assert (payment.amount, payment.paid_on, payment.reference) == (Decimal("12.50"), date(2026, 11, 23), "")
    for amount in ("0", "-1", "0.001"):
        with pytest.raises(ValidationError):
            PaymentIn(amount=amount, paid_on="2026-11-23")


def test_reasons_are_needed():
    for schema, values in ((LineAppealIn, {}), (LineDecisionIn, {"is_upheld": True})):
        with pytest.raises(ValidationError):
            schema(**values, **({"reason": ""} if schema is LineAppealIn else {"note": ""}))
