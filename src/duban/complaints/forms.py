"""Input of complaints."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from duban.complaints.domain.categories import categories
from duban.complaints.domain.intake import ComplaintInput
from duban.complaints.models import Complaint, IntakeChannel
from duban.complaints.selectors import estates_to_choose, lines_for
from duban.contracts.selectors.options import line_label
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.actor import Actor


def _categories() -> list[tuple[str, str]]:
    language = get_language() or ""
    return [(key, category.name(language)) for key, category in categories().items()]


def _services() -> list[tuple[str, str]]:
    return [("", gettext("By category")), *((key, gettext(label)) for key, label in SERVICE_LINE_LABELS.items())]


class IntakeForm(forms.Form):
    """A complaint as the desk takes it in."""

    estate: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Estate"), queryset=None)
    category = forms.ChoiceField(label=_("Category"), choices=_categories, help_text=_("It decides how soon an answer is due."))
    service_line = forms.ChoiceField(label=_("Service line"), choices=_services, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=IntakeChannel.choices)
    received_at = forms.DateTimeField(
        label=_("Received at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place_name = forms.CharField(label=_("Place"), max_length=80, required=False)
    text = forms.CharField(label=_("Text of the complaint"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    reporter_name = forms.CharField(label=_("Name of the owner"), max_length=40, required=False)
    reporter_contact = forms.CharField(
        label=_("Contact"), max_length=60, required=False, help_text=_("Kept sealed; the vendor never reads it.")
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["estate"]).queryset = estates_to_choose(actor)
        self.fields["received_at"].initial = lambda: timezone.localtime().strftime("%Y-%m-%dT%H:%M")

    def entry(self) -> ComplaintInput:
        """The complaint for the service."""
        values = dict(self.cleaned_data)
        return ComplaintInput(estate_id=values.pop("estate").pk, **values)


class RouteForm(forms.Form):
    """Which contract line must answer."""

    line = forms.TypedChoiceField(label=_("Contract line"), coerce=int)

    def __init__(self, complaint: Complaint, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = lines_for(complaint.estate, complaint.day, complaint.service_line)
        cast("forms.ChoiceField", self.fields["line"]).choices = [(line.pk, line_label(line)) for line in lines]


class ReplyForm(forms.Form):
    """An answer to the owner."""

    text = forms.CharField(label=_("Answer to the owner"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ValidityForm(forms.Form):
    """Whether the complaint is founded, and why."""

    is_valid_complaint = forms.TypedChoiceField(
        label=_("Is it founded?"),
        coerce=lambda value: value == "yes",
        choices=(("yes", _("Founded")), ("no", _("Not founded"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PromiseForm(forms.Form):
    """A later time agreed with the owner."""

    until = forms.DateTimeField(
        label=_("Agreed with the owner until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
