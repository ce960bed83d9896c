from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from duban.settlement.forms import AdjustmentForm, AppealForm, BuildForm, ChangeOrderForm, DecisionForm, PaymentForm

pytestmark = pytest.mark.django_db


def test_several_proofs():
    files = [SimpleUploadedFile(name, b"x") for name in ("a.pdf", "b.pdf")]
    form = AppealForm({"reason": "no"}, MultiValueDict({"proofs": files}))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["proofs"]] == ["a.pdf", "b.pdf"]
    assert AppealForm({"reason": "no"}, MultiValueDict()).is_valid()
    assert not AppealForm({"reason": ""}, MultiValueDict()).is_valid()


@pytest.mark.parametrize(("paid_on", "is_valid"), [("2026-11-23", True), ("2026-11-24", False)])
def test_payments_lie_in_the_past(paid_on, is_valid):
    assert PaymentForm({"amount": "1.00", "paid_on": paid_on}).is_valid() is is_valid


def test_a_month_is_read_or_refused():
    form = BuildForm({"period": "2026-10"})
    assert form.is_valid()
    assert form.cleaned_data["period"].start == date(2026, 10, 1)
    assert not BuildForm({"period": "13"}).is_valid()


def test_decisions_need_a_choice_and_a_reason():
    assert DecisionForm({"decision": "uphold", "note": "yes"}).is_valid()
    assert sorted(DecisionForm({"decision": "maybe"}).errors) == ["decision", "note"]


def test_amounts_and_days_are_needed():
    assert sorted(AdjustmentForm({}).errors) == ["amount", "name", "reason"]
    assert sorted(ChangeOrderForm({}).errors) == ["amount", "from_on", "name"]
