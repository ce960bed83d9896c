"""Vendor companies and certificates for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.vendors.models import Certificate, Company
from duban.vendors.permissions import Code
from duban.vendors.schemas import CertificateIn, CertificateOut, CompanyIn, CompanyOut, Page
from duban.vendors.selectors import certificate_get, companies_of, company_certificates, company_get, tenant_of
from duban.vendors.services import certificate_create, certificate_update, company_create, company_update

router = Router(tags=["vendors"])


@router.get("", response={200: list[CompanyOut], **REFUSALS}, operation_id="vendors_list")
def vendors_list(request: HttpRequest, page: Query[Page]) -> list[Company]:
    """Companies in order of their codes; `after` is the last code of the page before."""
    return list(companies_of(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.post("", response={201: CompanyOut, **REFUSALS}, operation_id="vendors_create")
def vendors_create(request: HttpRequest, payload: CompanyIn) -> Status[Company]:
    """Enter a company."""
    actor = actor_of(request)
    actor.require(Code.EDIT)
    return Status(201, company_create(actor=actor, tenant=tenant_of(actor), details=payload.details()))


@router.get("/{code}", response={200: CompanyOut, **REFUSALS}, operation_id="vendors_get")
def vendors_get(request: HttpRequest, code: str) -> Company:
    """One company."""
    return company_get(actor_of(request), code)


@router.put("/{code}", response={200: CompanyOut, **REFUSALS}, operation_id="vendors_update")
def vendors_update(request: HttpRequest, code: str, payload: CompanyIn) -> Company:
    """Change a company."""
    actor = actor_of(request)
    return company_update(actor=actor, company=company_get(actor, code), details=payload.details())


@router.get("/{code}/certificates", response={200: list[CertificateOut], **REFUSALS}, operation_id="vendors_certificates")
def vendors_certificates(request: HttpRequest, code: str) -> list[Certificate]:
    """The certificates of a company."""
    return company_certificates(company_get(actor_of(request), code))


@router.post("/{code}/certificates", response={201: CertificateOut, **REFUSALS}, operation_id="vendors_certificate_create")
def vendors_certificate_create(request: HttpRequest, code: str, payload: CertificateIn) -> Status[Certificate]:
    """Enter a certificate."""
    actor = actor_of(request)
    return Status(201, certificate_create(actor=actor, company=company_get(actor, code), details=payload.details()))


@router.put("/certificates/{code}", response={200: CertificateOut, **REFUSALS}, operation_id="vendors_certificate_update")
def vendors_certificate_update(request: HttpRequest, code: str, payload: CertificateIn) -> Certificate:
    """Change a certificate."""
    actor = actor_of(request)
    return certificate_update(actor=actor, certificate=certificate_get(actor, code), details=payload.details())
