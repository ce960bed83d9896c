"""Input of the scoring pages."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from duban.scorecards.domain.grade import GRADES
from duban.scorecards.domain.rating import RatingInput
from duban.scorecards.selectors.ratings import RatedRow


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; the services check size and kind."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(item, initial) for item in files]


class AppealForm(forms.Form):
    """Common ground and files of an appeal; the chosen lines come beside it."""

    ground = forms.CharField(
        label=_("Why you disagree"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Applies to every chosen line; say which facts differ and what proves it."),
    )
    papers = ManyFilesField(label=_("Files"), required=False, help_text=_("Photos, records, letters."))


class DecisionForm(forms.Form):
    """A decision over one appeal."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("uphold", _("Uphold: the vendor is right")), ("reject", _("Reject"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The vendor reads it."))


class RatingForm(forms.Form):
    """One's own ratings of a line: a number and a note for each rated indicator; empty takes the rating back."""

    def __init__(self, *args: Any, rows: Sequence[RatedRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [row.indicator.key for row in rows]
        for row in rows:
            self.fields[row.indicator.key] = forms.DecimalField(
                label=_("{name} (0–{scale})").format(name=row.name, scale=f"{row.rule.scale:f}"),
                min_value=0,
                max_value=row.rule.scale,
                max_digits=6,
                decimal_places=2,
                required=False,
                initial=row.own,
            )
            note = forms.CharField(label=_("Note on it"), max_length=200, required=False, initial=row.note)
            self.fields[f"{row.indicator.key}.note"] = note

    def ratings(self) -> dict[str, RatingInput]:
        """The ratings for the service."""
        entered = self.cleaned_data
        return {key: RatingInput(entered[key], entered[f"{key}.note"].strip()) for key in self.keys}


class SchemeForm(forms.Form):
    """The rules of a scheme as JSON."""

    definition = forms.CharField(
        label=_("Rules"), widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code"})
    )

    def clean_definition(self) -> object:
        try:
            return json.loads(self.cleaned_data["definition"])
        except json.JSONDecodeError as error:
            message = _("Line %(line)d, column %(column)d: this is not JSON.")
            raise ValidationError(message, params={"line": error.lineno, "column": error.colno}) from error


class GradeForm(forms.Form):
    """Confirming a grade."""

    grade = forms.ChoiceField(label=_("Grade"), choices=[(grade, grade) for grade in GRADES])
    note = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you depart from the proposal."),
    )


class BindForm(forms.Form):
    """From which day a line is scored by a version."""

    line = forms.CharField(label=_("Contract line"), help_text=_("Contract code and line number, such as CT-2026-0042/2"))
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
