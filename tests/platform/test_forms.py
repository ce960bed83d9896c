from django import forms

from duban.kernel.errors import FieldError, Invalid
from duban.platform.forms import apply_errors


class Form(forms.Form):
    """One field."""

    day = forms.DateField()


def errors_after(refusal):
    form = Form({"day": "2026-10-01"})
    assert form.is_valid()
    with apply_errors(form):
        raise refusal
    return form.errors


def test_error_stands_beside_its_field():
    assert errors_after(Invalid(errors=(FieldError("day", "Too late."), FieldError("other", "Wrong.")))) == {
        "day": ["Too late."],
        "__all__": ["Wrong."],
    }


def test_refusal_without_fields_stands_above():
    assert errors_after(Invalid("Nothing was changed.")) == {"__all__": ["Nothing was changed."]}
