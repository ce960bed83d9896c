"""Every write of vendor companies and certificates."""

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

__all__ = [
    "certificate_create",
    "certificate_remove",
    "certificate_update",
    "certificates_remind",
    "company_create",
    "company_reveal_contact",
    "company_set_active",
    "company_update",
]
