"""Vendor companies and certificates."""

from datetime import date

import factory
from stdnum.cn import uscc

from duban.orgs.models import UnitKind
from duban.vendors.domain.certificates import CertificateKind
from duban.vendors.models import Certificate, Company, SizeClass
from tests.factories.orgs import UnitFactory


def credit_code(number: int) -> str:
    """A valid unified social credit code that nobody else gets."""
    body = f"91310115MA{number:07d}"
    return str(body + uscc.calc_check_digit(body))


class CompanyFactory(factory.django.DjangoModelFactory[Company]):
    """A company with its own unit below `tenant` (a fresh root unless given)."""

    class Meta:
        model = Company

    tenant = factory.SubFactory(UnitFactory)
    unit = factory.LazyAttribute(lambda company: UnitFactory(kind=UnitKind.VENDOR, parent=company.tenant, name=company.name))
    name = factory.Sequence(lambda number: f"供应商{number}有限公司")
    short_name = factory.Sequence(lambda number: f"供应商{number}")
    credit_code = factory.Sequence(credit_code)
    size_class = SizeClass.SMALL
    service_lines = factory.LazyFunction(lambda: ["cleaning"])


class CertificateFactory(factory.django.DjangoModelFactory[Certificate]):
    """A security service licence valid through 2027."""

    class Meta:
        model = Certificate

    company = factory.SubFactory(CompanyFactory)
    kind = CertificateKind.SECURITY_COMPANY
    number = factory.Sequence(lambda number: f"沪公保服{number:06d}")
    valid_from = date(2024, 1, 1)
    valid_until = date(2027, 12, 31)
