"""Input of attendance."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.attendance.selectors import line_choices
from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period


class CoverageForm(forms.Form):
    """Which line and which month the coverage grid shows."""

    line = forms.TypedChoiceField(label=_("Contract line"), coerce=int, required=False)
    month = forms.CharField(
        label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})
    )

    def __init__(self, actor: Actor, *args: Any, lines: Mapping[int, ContractLine] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in line_choices(actor)} if lines is None else lines
        cast("forms.ChoiceField", self.fields["line"]).choices = [(key, line_label(line)) for key, line in self.lines.items()]

    def choice(self, month: Period) -> tuple[ContractLine | None, Period]:
        """The line and month to show: what was asked for where it makes sense, else the first line and `month`."""
        chosen = self.cleaned_data if self.is_valid() else {}
        line = self.lines.get(chosen.get("line") or 0) or next(iter(self.lines.values()), None)
        return line, chosen.get("month") or month

    def clean_month(self) -> Period | None:
        """The month, or nothing if it is left empty."""
        text = self.cleaned_data["month"]
        try:
            return Period.parse(text) if text else None
        except Invalid as error:
            raise forms.ValidationError(_("Write a month as 2026-10.")) from error
