"""Input of people, their credentials and proofs of insurance."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES
from duban.vendors.domain.workers import CredentialDetails, ProofDetails, WorkerDetails
from duban.vendors.forms.companies import DayInput
from duban.vendors.models import CATEGORY_CHOICES, CREDENTIAL_CHOICES, INSURANCE_CHOICES, Worker, WorkerCredential


class WorkerForm(forms.Form):
    """What is kept of a person: no more than the gate, the ledger and the law need."""

    name = forms.CharField(label=_("Full name"), max_length=40)
    identity = forms.CharField(
        label=_("Identity number"),
        max_length=24,
        required=False,
        help_text=_("Stored encrypted and shown masked. Left empty, the stored number stays."),
    )
    service_line = forms.ChoiceField(label=_("Service line"), choices=[("", "–"), *SERVICE_LINE_CHOICES], required=False)
    category = forms.ChoiceField(
        label=_("Kind of post"), choices=CATEGORY_CHOICES, help_text=_("It decides the cap on turnover (T6).")
    )
    entered_on = forms.DateField(label=_("First day of work"), widget=DayInput)

    def details(self) -> WorkerDetails:
        """What was entered."""
        return WorkerDetails(**{**self.cleaned_data, "identity": self.cleaned_data["identity"] or None})

    @classmethod
    def initial_of(cls, worker: Worker) -> dict[str, Any]:
        """The stored fields, for changing them; the number stays sealed."""
        return {name: getattr(worker, name) for name in ("name", "service_line", "category", "entered_on")}


class LeaveForm(forms.Form):
    """The last day of employment; empty takes it back."""

    left_on = forms.DateField(
        label=_("Last day of work"), widget=DayInput, required=False, help_text=_("Left empty: the person works on.")
    )


class ScanForm(forms.Form):
    """A form with a scan."""

    def upload(self) -> UploadedFile[bytes] | None:
        """The scan, if one was chosen."""
        found: UploadedFile[bytes] | None = self.cleaned_data["scan"]
        return found


class CredentialForm(ScanForm):
    """All fields of a personal credential, and a scan of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CREDENTIAL_CHOICES)
    number = forms.CharField(label=_("Certificate number"), max_length=60)
    issuer = forms.CharField(label=_("Issuer"), max_length=120, required=False)
    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Valid until"), widget=DayInput, required=False, help_text=_("Left empty: without limit.")
    )
    scan = forms.FileField(label=_("Scan or photo"), required=False)

    def details(self) -> CredentialDetails:
        """What was entered, without the scan."""
        names = CredentialDetails.__dataclass_fields__
        return CredentialDetails(**{name: value for name, value in self.cleaned_data.items() if name in names})

    @classmethod
    def initial_of(cls, credential: WorkerCredential) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(credential, name) for name in CredentialDetails.__dataclass_fields__}


class ProofForm(ScanForm):
    """All fields of a proof of insurance, and a scan of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=INSURANCE_CHOICES)
    number = forms.CharField(label=_("Policy or receipt number"), max_length=60, required=False)
    insurer = forms.CharField(label=_("Insurer"), max_length=80, required=False)
    valid_from = forms.DateField(label=_("Insured from"), widget=DayInput)
    valid_until = forms.DateField(label=_("Insured until"), widget=DayInput)
    scan = forms.FileField(label=_("Scan or photo"), required=False)

    def details(self) -> ProofDetails:
        """What was entered, without the scan."""
        names = ProofDetails.__dataclass_fields__
        return ProofDetails(**{name: value for name, value in self.cleaned_data.items() if name in names})
