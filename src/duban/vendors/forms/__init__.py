"""Input of vendors: companies, certificates, people and what they hold."""

from duban.vendors.forms.companies import CertificateForm, CompanyForm, DayInput
from duban.vendors.forms.workers import CredentialForm, LeaveForm, ProofForm, WorkerForm

__all__ = ["CertificateForm", "CompanyForm", "CredentialForm", "DayInput", "LeaveForm", "ProofForm", "WorkerForm"]
