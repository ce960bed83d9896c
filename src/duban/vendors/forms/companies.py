"""Input of vendor companies and certificates."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES
from duban.vendors.domain.certificates import CertificateDetails
from duban.vendors.domain.company import CompanyDetails
from duban.vendors.models import CERTIFICATE_CHOICES, Certificate, Company, SizeClass


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CompanyForm(forms.Form):
    """All fields of a vendor company."""

    name = forms.CharField(label=_("Company name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=24)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=24,
        help_text=_("18 characters; the check character is verified (GB 32100)."),
    )
    size_class = forms.ChoiceField(
        label=_("Size class"), choices=SizeClass.choices, help_text=_("It decides the statutory payment term.")
    )
    service_lines = forms.MultipleChoiceField(
        label=_("Service lines"), choices=SERVICE_LINE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    group_name = forms.CharField(
        label=_("Ownership group"),
        max_length=80,
        required=False,
        help_text=_("Companies under one controlling owner count as one."),
    )
    contact_name = forms.CharField(label=_("Contact"), max_length=40, required=False)
    contact_phone = forms.CharField(
        label=_("Contact phone"),
        max_length=20,
        required=False,
        help_text=_("Stored encrypted. Left empty, the stored number stays."),
    )

    def details(self) -> CompanyDetails:
        """What was entered."""
        cleaned = self.cleaned_data
        return CompanyDetails(
            name=cleaned["name"],
            short_name=cleaned["short_name"],
            credit_code=cleaned["credit_code"],
            size_class=cleaned["size_class"],
            service_lines=tuple(cleaned["service_lines"]),
            group_name=cleaned["group_name"],
            contact_name=cleaned["contact_name"],
            contact_phone=cleaned["contact_phone"] or None,
        )

    @classmethod
    def initial_of(cls, company: Company) -> dict[str, Any]:
        """The stored fields, for changing them; the phone stays sealed."""
        names = ("name", "short_name", "credit_code", "size_class", "service_lines", "contact_name")
        return {name: getattr(company, name) for name in names} | {"group_name": company.group.name if company.group else ""}


class CertificateForm(forms.Form):
    """All fields of a certificate, and a scan of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CERTIFICATE_CHOICES)
    number = forms.CharField(label=_("Certificate number"), max_length=60)
    issuer = forms.CharField(label=_("Issuer"), max_length=120, required=False)
    holder_name = forms.CharField(
        label=_("Holder"), max_length=40, required=False, help_text=_("For certificates that belong to a person.")
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Valid until"), widget=DayInput, required=False, help_text=_("Left empty: without limit.")
    )
    scan = forms.FileField(label=_("Scan or photo"), required=False)

    def details(self) -> CertificateDetails:
        """What was entered, without the scan."""
        names = CertificateDetails.__dataclass_fields__
        return CertificateDetails(**{name: value for name, value in self.cleaned_data.items() if name in names})

    def upload(self) -> UploadedFile[bytes] | None:
        """The scan, if one was chosen."""
        found: UploadedFile[bytes] | None = self.cleaned_data["scan"]
        return found

    @classmethod
    def initial_of(cls, certificate: Certificate) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(certificate, name) for name in CertificateDetails.__dataclass_fields__}
