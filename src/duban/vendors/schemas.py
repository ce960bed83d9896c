"""What the API says and takes about vendor companies and certificates."""

from datetime import date

from ninja import Field, Schema

from duban.vendors.domain.certificates import CertificateDetails, CertificateKind
from duban.vendors.domain.company import CompanyDetails
from duban.vendors.domain.workers import Category, CredentialDetails, WorkerDetails, masked_identity
from duban.vendors.models import SizeClass, WorkerCredential


class Page(Schema):
    """Which page of a list is asked for: what follows a code, and how many rows."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class CompanyOut(Schema):
    """A vendor company; its contact number is not shown."""

    code: str
    name: str
    short_name: str
    credit_code: str
    size_class: str
    service_lines: list[str]
    group: str | None = Field(None, alias="group.name")
    contact_name: str
    is_active: bool


class CompanyIn(Schema):
    """The fields of a company that are entered. Without a contact number the stored one stays."""

    name: str = Field(min_length=1, max_length=120)
    short_name: str = Field(min_length=1, max_length=24)
    credit_code: str = Field(min_length=18, max_length=24)
    size_class: SizeClass
    service_lines: list[str] = Field(min_length=1, max_length=10)
    group_name: str = Field("", max_length=80)
    contact_name: str = Field("", max_length=40)
    contact_phone: str | None = Field(None, max_length=20)

    def details(self) -> CompanyDetails:
        """As the service takes it."""
        fields = self.model_dump()
        return CompanyDetails(**{**fields, "service_lines": tuple(self.service_lines)})


class CertificateOut(Schema):
    """A certificate."""

    code: str
    company: str = Field(alias="company.code")
    kind: str
    number: str
    issuer: str
    holder_name: str
    valid_from: date
    valid_until: date | None


class CertificateIn(Schema):
    """The fields of a certificate that are entered; without a last day it holds without limit."""

    kind: CertificateKind
    number: str = Field(min_length=1, max_length=60)
    valid_from: date
    valid_until: date | None = None
    issuer: str = Field("", max_length=120)
    holder_name: str = Field("", max_length=40)

    def details(self) -> CertificateDetails:
        """As the service takes it."""
        return CertificateDetails(**self.model_dump())


class WorkerOut(Schema):
    """A person of a vendor; name and number are masked."""

    code: str
    company: str = Field(alias="company.code")
    name: str = Field(alias="masked")
    category: str
    service_line: str
    entered_on: date | None
    left_on: date | None


class WorkerIn(Schema):
    """The fields of a person that are entered. Without an identity number the stored one stays."""

    name: str = Field(min_length=1, max_length=40)
    entered_on: date
    service_line: str = Field("", max_length=24)
    category: Category = Category.ORDINARY
    identity: str | None = Field(None, max_length=24)

    def details(self) -> WorkerDetails:
        """As the service takes it."""
        return WorkerDetails(**self.model_dump())


class LeaveIn(Schema):
    """The last day of work; null takes it back."""

    left_on: date | None


class CredentialOut(Schema):
    """A personal credential; its number is masked."""

    code: str
    worker: str = Field(alias="worker.code")
    kind: str
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None
    state: str

    @staticmethod
    def resolve_number(row: WorkerCredential) -> str:
        """The number with its middle hidden."""
        return masked_identity(row.number)


class CredentialIn(Schema):
    """The fields of a personal credential; without a last day it holds without limit."""

    kind: CertificateKind
    number: str = Field(min_length=1, max_length=60)
    valid_from: date
    valid_until: date | None = None
    issuer: str = Field("", max_length=120)

    def details(self) -> CredentialDetails:
        """As the service takes it."""
        return CredentialDetails(**self.model_dump())


class JudgementIn(Schema):
    """The reason, which a rejection needs."""

    note: str = Field("", max_length=500)
