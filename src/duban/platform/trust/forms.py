"""What the person who decides writes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """Why doubtful records count, or do not."""

    note = forms.CharField(
        label=_("Why you decide so"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you looked at and whom you asked. It is kept in the audit trail."),
    )
