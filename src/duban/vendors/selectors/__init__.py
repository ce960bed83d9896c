"""Every read of vendor companies and certificates."""

from duban.vendors.selectors.records import (
    DueReminder,
    certificate_get,
    certificates_by_company,
    certificates_expiring,
    certificates_in_state,
    certificates_of,
    companies_by_id,
    companies_by_name,
    companies_listed,
    companies_of,
    company_certificates,
    company_get,
    contact_masked,
    groups_of,
    reminders_due,
    tenant_of,
)

__all__ = [
    "DueReminder",
    "certificate_get",
    "certificates_by_company",
    "certificates_expiring",
    "certificates_in_state",
    "certificates_of",
    "companies_by_id",
    "companies_by_name",
    "companies_listed",
    "companies_of",
    "company_certificates",
    "company_get",
    "contact_masked",
    "groups_of",
    "reminders_due",
    "tenant_of",
]
