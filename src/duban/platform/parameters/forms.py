from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.platform.parameters.models import DatedParameter
from duban.platform.parameters.selectors import catalogue, parameter_name
from duban.platform.parameters.services import NewValue


def _choices() -> list[tuple[str, str]]:
    return [(key, parameter_name(key)) for key in catalogue()]


class ParameterForm(forms.ModelForm[DatedParameter]):
    """A new value of a parameter."""

    key = forms.ChoiceField(label=_("Parameter"), choices=_choices)

    class Meta:
        model = DatedParameter
        fields = ("key", "city", "value", "from_on", "until_on", "source", "confidence")
        widgets = {  # noqa: RUF012 - Django reads it so
            "from_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def new_value(self) -> NewValue:
        """The input as the service takes it."""
        return NewValue(**self.cleaned_data)


class CorrectionForm(forms.ModelForm[DatedParameter]):
    """A value that was entered wrongly."""

    class Meta:
        model = DatedParameter
        fields = ("value", "source", "confidence")

    def corrected(self) -> dict[str, Any]:
        """The input as the service takes it."""
        return dict(self.cleaned_data)
