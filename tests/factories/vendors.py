"""Vendor companies and certificates."""

from datetime import date
from typing import Any

import factory
from stdnum.cn import ric, uscc

from duban.orgs.models import UnitKind
from duban.vendors.domain.certificates import CertificateKind
from duban.vendors.models import Certificate, Company, InsuranceProof, SizeClass, Worker, WorkerCredential
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


def identity_number(number: int, born_on: date = date(1980, 5, 1)) -> str:
    """A valid identity number that nobody else gets."""
    body = f"310115{born_on:%Y%m%d}{number % 1000:03d}"
    return str(body + ric.calc_check_digit(f"{body}0"))


def make_worker(company: Company, name: str = "王小明", **more: Any) -> Worker:
    """Somebody who works for a vendor."""
    return Worker.objects.create(company=company, name=name, **more)


def make_credential(worker: Worker, kind: str = "guard", state: str = "verified", **more: Any) -> WorkerCredential:
    """A verified guard card, valid through 2027."""
    values = {"valid_from": date(2024, 1, 1), "valid_until": date(2027, 12, 31), "entered_on": date(2024, 1, 1), **more}
    return WorkerCredential.objects.create(
        worker=worker, kind=kind, state=state, **{"number": f"沪保{worker.pk:06d}", **values}
    )


def make_proof(worker: Worker, kind: str = "social", **more: Any) -> InsuranceProof:
    """Social insurance through 2026."""
    values = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), **more}
    return InsuranceProof.objects.create(worker=worker, kind=kind, **values)
