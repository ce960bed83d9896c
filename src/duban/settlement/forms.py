"""What people enter about statements."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.platform.ui.listing.choosing import LongSelect
from duban.settlement.models import Adjustment, ChangeOrder, Payment
from duban.settlement.selectors.counts import work_options

DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none needed."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(item, initial) for item in chosen if item]


class AppealForm(forms.Form):
    """Why a line is wrong, and what proves it."""

    reason = forms.CharField(label=_("What is wrong with this line"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    proofs = FilesField(label=_("Files that prove it"), required=False)


class DecisionForm(forms.Form):
    """Uphold or reject, with the reason that both sides read."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("uphold", _("Uphold: the deduction is taken back")), ("reject", _("Reject: the line stands"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class PaymentForm(forms.ModelForm[Payment]):
    """A payment that was made."""

    class Meta:
        model = Payment
        fields: ClassVar = ["amount", "paid_on", "reference"]
        widgets: ClassVar = {"paid_on": DAY_INPUT}

    def clean_paid_on(self) -> object:
        paid_on = self.cleaned_data["paid_on"]
        if paid_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return paid_on


class MonthField(forms.CharField):
    """A month such as 2026-10, as a `Period`."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})

    def clean(self, value: Any) -> Period:
        text = super().clean(value)
        try:
            return Period.parse(text)
        except Invalid as error:
            raise forms.ValidationError(_("Write a month such as 2026-10.")) from error


class BuildForm(forms.Form):
    """Which month to compute."""

    period = MonthField(label=_("Month"))


class CountForm(forms.Form):
    """How much of one kind of work was done in a month."""

    work = forms.ChoiceField(label=_("Contract line and work"), widget=LongSelect)
    period = MonthField(label=_("Month"))
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=14, decimal_places=4)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    proofs = FilesField(label=_("Files that prove it"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["work"]).choices = work_options(actor)


class QuantityForm(forms.Form):
    """Another quantity in the place of the one entered."""

    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=14, decimal_places=4)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class ReleaseForm(forms.Form):
    """Retention given back to the vendor."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=14, decimal_places=2, min_value=0)
    on = forms.DateField(label=_("Day"), widget=DAY_INPUT)
    note = forms.CharField(label=_("Reason"), max_length=160)


class ChangeOrderForm(forms.ModelForm[ChangeOrder]):
    """A change order of a contract."""

    class Meta:
        model = ChangeOrder
        fields: ClassVar = ["name", "amount", "is_monthly", "from_on", "until_on", "clause"]
        labels: ClassVar = {"name": _("What is changed")}
        widgets: ClassVar = {"from_on": DAY_INPUT, "until_on": DAY_INPUT}


class AdjustmentForm(forms.ModelForm[Adjustment]):
    """A bonus or deduction a person decides, with its reason."""

    class Meta:
        model = Adjustment
        fields: ClassVar = ["name", "amount", "clause", "reason"]
        widgets: ClassVar = {"reason": forms.Textarea(attrs={"rows": 3})}
