"""Input of contracts and their lines."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.contracts.domain.details import ContractDetails, LineDetails
from duban.contracts.domain.price_list import PriceItem, read_price_list, write_price_list
from duban.contracts.models import Contract, ContractLine, FeeBasis, RenewalMode
from duban.contracts.permissions import Code
from duban.contracts.selectors.options import estate_choices, office_choices, standard_choices, vendor_choices
from duban.estates.models import SERVICE_LINE_CHOICES, SPECIAL_WORK_CHOICES, Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.orgs.models import Unit
from duban.platform.requests import field_messages
from duban.standards.models import Standard
from duban.vendors.models import Company, SizeClass


def _rate(label: Any, initial: str, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, initial=initial, help_text=help_text, min_value=0, max_value=1, max_digits=5, decimal_places=4
    )


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ContractForm(forms.Form):
    """All fields of a contract; office and vendor only when it is drawn up."""

    number = forms.CharField(label=_("Contract number"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=120)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, required=False)
    starts_on = forms.DateField(label=_("Starts on"), widget=DayInput)
    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput)
    renewal_mode = forms.ChoiceField(label=_("Renewal"), choices=RenewalMode.choices)
    notice_days = forms.IntegerField(label=_("Notice days"), min_value=0, max_value=730, initial=90)
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3, initial="CNY")
    vat_rate = _rate(_("VAT rate"), "0.06", _("0.06 is 6 %"))
    is_vat_included = forms.BooleanField(label=_("Prices include VAT"), required=False, initial=True)
    retention_rate = _rate(_("Retention rate"), "0")
    deduction_cap_rate = _rate(_("Deduction cap"), "0.2", _("Highest share of a period's fee that deductions may take."))
    appeal_working_days = forms.IntegerField(label=_("Appeal window (working days)"), min_value=0, max_value=60, initial=3)
    payment_days = forms.IntegerField(
        label=_("Payment days"), min_value=0, max_value=365, required=False, help_text=_("Left empty: the statutory term.")
    )
    vendor_size_class = forms.ChoiceField(label=_("Vendor's size class at signing"), choices=SizeClass.choices)
    buyer_size_class = forms.ChoiceField(label=_("Our size class at signing"), choices=SizeClass.choices)
    mobilisation_until = forms.DateField(label=_("Mobilisation until"), widget=DayInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return cleaned

    def details(self) -> ContractDetails:
        """What was entered."""
        names = ContractDetails.__dataclass_fields__
        return ContractDetails(**{name: value for name, value in self.cleaned_data.items() if name in names})

    @classmethod
    def initial_of(cls, contract: Contract) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(contract, name) for name in cls.base_fields}


class NewContractForm(ContractForm):
    """A contract that is drawn up, with office and vendor."""

    office: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(queryset=None, label=_("Office"))
    vendor: "forms.ModelChoiceField[Company]" = forms.ModelChoiceField(queryset=None, label=_("Vendor"))

    field_order = ("office", "vendor", "number", "title")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["office"]).queryset = office_choices(actor, Code.EDIT)
        cast("forms.ModelChoiceField[Any]", self.fields["vendor"]).queryset = vendor_choices(actor)


class LineForm(forms.Form):
    """All fields of a contract line."""

    estate: "forms.ModelChoiceField[Estate]" = forms.ModelChoiceField(queryset=None, label=_("Estate"))
    service_line = forms.ChoiceField(label=_("Service line"), choices=SERVICE_LINE_CHOICES)
    special_works = forms.MultipleChoiceField(
        label=_("Special works inside"),
        choices=SPECIAL_WORK_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Work that the law ties to a licence of its own."),
    )
    standard: "forms.ModelChoiceField[Standard]" = forms.ModelChoiceField(queryset=None, label=_("Standard"), required=False)
    fee_basis = forms.ChoiceField(label=_("Fee basis"), choices=FeeBasis.choices)
    unit_price_amount = forms.DecimalField(label=_("Unit price"), min_value=0, max_digits=14, decimal_places=4)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=14, decimal_places=4, initial=1)
    price_list = forms.CharField(
        label=_("Price list"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
        help_text=_("For unit prices: one a row, name | unit | price, such as Hedge trimming | m² | 3.50."),
    )
    post_count = forms.DecimalField(label=_("Posts"), min_value=0, max_digits=6, decimal_places=1, initial=0)
    starts_on = forms.DateField(label=_("Starts on"), widget=DayInput)
    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["estate"]).queryset = estate_choices(actor)
        cast("forms.ModelChoiceField[Any]", self.fields["standard"]).queryset = standard_choices(actor)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return cleaned

    def clean_price_list(self) -> tuple[PriceItem, ...]:
        try:
            return read_price_list(self.cleaned_data["price_list"])
        except Invalid as refusal:
            raise forms.ValidationError([message for _name, message in field_messages(refusal)]) from refusal

    def details(self) -> LineDetails:
        """What was entered, without estate and standard."""
        names = LineDetails.__dataclass_fields__
        return LineDetails(**{name: _plain(self.cleaned_data[name]) for name in names})

    @classmethod
    def initial_of(cls, line: ContractLine) -> dict[str, Any]:
        """The stored fields, for changing them."""
        stored = {name: getattr(line, name) for name in cls.base_fields}
        return {**stored, "price_list": write_price_list(line.price_list)}


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class TerminationForm(forms.Form):
    """The last day of performance, and why."""

    on = forms.DateField(label=_("Last day of performance"), widget=DayInput, initial=timezone.localdate)
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class ActivationForm(forms.Form):
    """A note, needed where something speaks against putting the contract into performance."""

    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)
