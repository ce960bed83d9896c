from django import forms
from django.utils.translation import gettext_lazy as _

from duban.platform.audit.selectors import TrailFilter


class TrailFilterForm(forms.Form):
    """Narrow the audit trail."""

    person = forms.CharField(label=_("Person"), required=False)
    code = forms.CharField(label=_("Code of the record"), required=False)
    action = forms.CharField(label=_("Action"), required=False)
    from_on = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def narrowed(self) -> TrailFilter:
        """What was asked for; a field that is not valid narrows nothing and shows its error."""
        return TrailFilter(**{name: value for name, value in self.cleaned_data.items() if value})
