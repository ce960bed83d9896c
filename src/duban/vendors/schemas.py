"""What the API says and takes about vendor companies and certificates."""

from datetime import date

from ninja import Field, Schema

from duban.vendors.domain.certificates import CertificateDetails, CertificateKind
from duban.vendors.domain.company import CompanyDetails
from duban.vendors.models import SizeClass


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
