"""Input of attendance."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.attendance.models import Assignment
from duban.attendance.selectors import line_choices
from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.vendors.models import Worker


class RosterOpenForm(forms.Form):
    """Which line a roster is made for, and for which week."""

    line = forms.TypedChoiceField(label=_("Contract line"), coerce=int)
    day = forms.DateField(
        label=_("A day of the week"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The roster runs from Monday to Sunday."),
    )

    def __init__(self, *args: Any, lines: Sequence[ContractLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in lines}
        cast("forms.ChoiceField", self.fields["line"]).choices = [(key, line_label(line)) for key, line in self.lines.items()]

    @property
    def chosen(self) -> ContractLine:
        """The line that was chosen."""
        return self.lines[self.cleaned_data["line"]]


class SwapForm(forms.Form):
    """Who changes with whom; places and people are offered by their public names."""

    assignment = forms.ChoiceField(label=_("Place on the roster"))
    other = forms.ChoiceField(label=_("Changes places with"), required=False, help_text=_("Leave it empty for a stand-in."))
    worker = forms.ChoiceField(label=_("Stands in"), required=False, help_text=_("Leave it empty for a change of places."))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self, *args: Any, places: Mapping[str, tuple[str, Assignment]], workers: Mapping[str, Worker], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places, self.workers = places, workers
        offered = [(key, label) for key, (label, _place) in places.items()]
        people = [(code, f"{worker.name} {code}") for code, worker in workers.items()]
        for name, choices in (("assignment", offered), ("other", [("", "–"), *offered]), ("worker", [("", "–"), *people])):
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def proposal(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        chosen = self.cleaned_data
        return {
            "assignment": self.places[chosen["assignment"]][1],
            "other": self.places[chosen["other"]][1] if chosen["other"] else None,
            "worker": self.workers[chosen["worker"]] if chosen["worker"] else None,
            "reason": chosen["reason"],
        }


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
