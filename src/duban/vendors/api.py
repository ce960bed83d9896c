"""Vendor companies and certificates for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.vendors.models import Certificate, Company, Worker, WorkerCredential
from duban.vendors.permissions import Code
from duban.vendors.schemas import (
    CertificateIn,
    CertificateOut,
    CompanyIn,
    CompanyOut,
    CredentialIn,
    CredentialOut,
    JudgementIn,
    LeaveIn,
    Page,
    WorkerIn,
    WorkerOut,
)
from duban.vendors.selectors import (
    certificate_get,
    companies_of,
    company_certificates,
    company_get,
    credential_get,
    tenant_of,
    worker_credentials,
    worker_get,
    workers_of,
)
from duban.vendors.services import (
    certificate_create,
    certificate_update,
    company_create,
    company_update,
    credential_enter,
    credential_reject,
    credential_verify,
    worker_enter,
    worker_leave,
    worker_update,
)

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


@router.get("/workers", response={200: list[WorkerOut], **REFUSALS}, operation_id="vendors_workers")
def vendors_workers(request: HttpRequest, page: Query[Page]) -> list[Worker]:
    """People of vendors in order of their codes; `after` is the last code of the page before."""
    return list(workers_of(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.get("/workers/{code}", response={200: WorkerOut, **REFUSALS}, operation_id="vendors_worker_get")
def vendors_worker_get(request: HttpRequest, code: str) -> Worker:
    """One person."""
    return worker_get(actor_of(request), code)


@router.put("/workers/{code}", response={200: WorkerOut, **REFUSALS}, operation_id="vendors_worker_update")
def vendors_worker_update(request: HttpRequest, code: str, payload: WorkerIn) -> Worker:
    """Change a person's fields."""
    actor = actor_of(request)
    return worker_update(actor=actor, worker=worker_get(actor, code), details=payload.details())


@router.post("/workers/{code}/left", response={200: WorkerOut, **REFUSALS}, operation_id="vendors_worker_left")
def vendors_worker_left(request: HttpRequest, code: str, payload: LeaveIn) -> Worker:
    """Note the last day of work."""
    actor = actor_of(request)
    return worker_leave(actor=actor, worker=worker_get(actor, code), left_on=payload.left_on)


@router.get(
    "/workers/{code}/credentials", response={200: list[CredentialOut], **REFUSALS}, operation_id="vendors_worker_credentials"
)
def vendors_worker_credentials(request: HttpRequest, code: str) -> list[WorkerCredential]:
    """The credentials of a person."""
    actor = actor_of(request)
    return worker_credentials(actor, worker_get(actor, code))


@router.post("/workers/{code}/credentials", response={201: CredentialOut, **REFUSALS}, operation_id="vendors_credential_enter")
def vendors_credential_enter(request: HttpRequest, code: str, payload: CredentialIn) -> Status[WorkerCredential]:
    """Enter a credential; it waits for verification."""
    actor = actor_of(request)
    return Status(201, credential_enter(actor=actor, worker=worker_get(actor, code), details=payload.details()))


@router.post("/credentials/{code}/verify", response={200: CredentialOut, **REFUSALS}, operation_id="vendors_credential_verify")
def vendors_credential_verify(request: HttpRequest, code: str, payload: JudgementIn) -> WorkerCredential:
    """Verify a credential."""
    actor = actor_of(request)
    return credential_verify(actor=actor, credential=credential_get(actor, code), note=payload.note)


@router.post("/credentials/{code}/reject", response={200: CredentialOut, **REFUSALS}, operation_id="vendors_credential_reject")
def vendors_credential_reject(request: HttpRequest, code: str, payload: JudgementIn) -> WorkerCredential:
    """Reject a credential, for a reason."""
    actor = actor_of(request)
    return credential_reject(actor=actor, credential=credential_get(actor, code), note=payload.note)


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


@router.post("/{code}/workers", response={201: WorkerOut, **REFUSALS}, operation_id="vendors_worker_enter")
def vendors_worker_enter(request: HttpRequest, code: str, payload: WorkerIn) -> Status[Worker]:
    """Enter a person of a company."""
    actor = actor_of(request)
    return Status(201, worker_enter(actor=actor, company=company_get(actor, code), details=payload.details()))
