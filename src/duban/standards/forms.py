"""Input of standards, items, checklists and licence rules."""

import re
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES, SPECIAL_WORK_CHOICES
from duban.estates.selectors import offices_of
from duban.kernel.actor import Actor
from duban.orgs.models import Unit
from duban.standards.domain.details import ItemDetails
from duban.standards.domain.licences import HOLDER_LABELS, Requirement
from duban.standards.models import SEVERITY_CHOICES, LicenceRule, Standard, StandardItem
from duban.standards.permissions import Code
from duban.standards.selectors import standard_blocks
from duban.vendors.models import CERTIFICATE_CHOICES

STANDARD_KEY = re.compile(r"[a-z][a-z0-9_-]{1,39}")


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StandardForm(forms.Form):
    """A new standard: which service, under which key, kept by which office."""

    office: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(queryset=None, label=_("Kept by"))
    service_line = forms.ChoiceField(label=_("Service line"), choices=SERVICE_LINE_CHOICES)
    key = forms.CharField(
        label=_("Key"), max_length=40, help_text=_("Small letters, digits and hyphens; all versions share it.")
    )
    name = forms.CharField(label=_("Name (Chinese)"), max_length=80)
    name_en = forms.CharField(label=_("Name (English)"), max_length=120, required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["office"]).queryset = offices_of(actor, Code.EDIT)

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip().lower()
        if not STANDARD_KEY.fullmatch(key):
            raise forms.ValidationError(_("Small letters, digits and hyphens; all versions share it."))
        return key


class ReasonForm(forms.Form):
    """Why a new version is needed."""

    reason = forms.CharField(
        label=_("Why is a new version needed?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("The reason stays with the version for ever."),
    )


class EnactForm(forms.Form):
    """From which day a version holds."""

    on = forms.DateField(label=_("In force from"), widget=DayInput, initial=timezone.localdate)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ItemForm(forms.Form):
    """All fields of one item."""

    key = forms.CharField(label=_("Item key"), max_length=60, help_text=_("Block, dot, name: floors.handrail"))
    name = forms.CharField(label=_("Name (Chinese)"), max_length=120)
    name_en = forms.CharField(label=_("Name (English)"), max_length=160, required=False)
    frequency = forms.CharField(label=_("Frequency (Chinese)"), max_length=60)
    frequency_en = forms.CharField(label=_("Frequency (English)"), max_length=80, required=False)
    target = forms.CharField(label=_("Target (Chinese)"), max_length=120, required=False)
    target_en = forms.CharField(label=_("Target (English)"), max_length=160, required=False)
    unit = forms.CharField(label=_("Unit of measure"), max_length=20, required=False)
    method = forms.CharField(label=_("Method (Chinese)"), max_length=200, required=False)
    method_en = forms.CharField(label=_("Method (English)"), max_length=200, required=False)
    severity = forms.ChoiceField(label=_("Severity"), choices=SEVERITY_CHOICES)
    is_red_line = forms.BooleanField(label=_("Red line"), required=False)
    source = forms.CharField(label=_("Source"), max_length=120, required=False)

    def details(self) -> ItemDetails:
        """What was entered."""
        return ItemDetails(**self.cleaned_data)

    @classmethod
    def initial_of(cls, item: StandardItem) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(item, name) for name in cls.base_fields}


class ChecklistForm(forms.Form):
    """A name and the items drawn."""

    name = forms.CharField(label=_("Name"), max_length=80)
    items = forms.MultipleChoiceField(label=_("Items"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["items"]).choices = [
            (_(block.label), [(item.key, f"{item.number} {item.title}") for item in block.items])
            for block in standard_blocks(standard)
        ]


class FormFileForm(forms.Form):
    """The workbook of a form."""

    file = forms.FileField(label=_("XLSForm workbook (.xlsx)"))


class PictureForm(forms.Form):
    """A reference picture of an item."""

    file = forms.FileField(label=_("Picture"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"}))


class LicenceRuleForm(forms.Form):
    """Which certificate a service needs."""

    service_line = forms.ChoiceField(label=_("Service line"), choices=SERVICE_LINE_CHOICES)
    work = forms.ChoiceField(
        label=_("Special work"),
        choices=[("", _("The whole service line")), *SPECIAL_WORK_CHOICES],
        required=False,
        help_text=_("Where the licence is only needed for a part of the service."),
    )
    certificate_kind = forms.ChoiceField(label=_("Certificate"), choices=CERTIFICATE_CHOICES)
    holder = forms.ChoiceField(label=_("Held by"), choices=[(key, _(label)) for key, label in HOLDER_LABELS.items()])
    is_mandatory = forms.BooleanField(label=_("Mandatory"), required=False, initial=True)
    source = forms.CharField(label=_("Source (law)"), max_length=160)

    def requirement(self) -> Requirement:
        """What was entered."""
        return Requirement(**self.cleaned_data)

    @classmethod
    def initial_of(cls, rule: LicenceRule) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(rule, name) for name in cls.base_fields}
