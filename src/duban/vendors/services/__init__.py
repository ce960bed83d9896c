"""Every write of vendor companies, certificates, and the people of vendors."""

from duban.vendors.services.certificates import (
    certificate_create,
    certificate_remove,
    certificate_update,
    certificates_remind,
)
from duban.vendors.services.companies import (
    company_create,
    company_reveal_contact,
    company_set_active,
    company_update,
)
from duban.vendors.services.credentials import (
    credential_enter,
    credential_reject,
    credential_update,
    credential_verify,
    credentials_remind,
    proof_enter,
    proof_remove,
)
from duban.vendors.services.workers import (
    worker_enter,
    worker_leave,
    worker_reveal,
    worker_update,
    workers_anonymise,
)

__all__ = [
    "certificate_create",
    "certificate_remove",
    "certificate_update",
    "certificates_remind",
    "company_create",
    "company_reveal_contact",
    "company_set_active",
    "company_update",
    "credential_enter",
    "credential_reject",
    "credential_update",
    "credential_verify",
    "credentials_remind",
    "proof_enter",
    "proof_remove",
    "worker_enter",
    "worker_leave",
    "worker_reveal",
    "worker_update",
    "workers_anonymise",
]
