"""Who delivers: vendor companies, who owns them, what they are licensed for, and their people."""

from duban.vendors.models.companies import CERTIFICATE_CHOICES, Certificate, Company, OwnershipGroup, SizeClass
from duban.vendors.models.credentials import CREDENTIAL_CHOICES, INSURANCE_CHOICES, InsuranceProof, WorkerCredential
from duban.vendors.models.workers import CATEGORY_CHOICES, Worker

__all__ = [
    "CATEGORY_CHOICES",
    "CERTIFICATE_CHOICES",
    "CREDENTIAL_CHOICES",
    "INSURANCE_CHOICES",
    "Certificate",
    "Company",
    "InsuranceProof",
    "OwnershipGroup",
    "SizeClass",
    "Worker",
    "WorkerCredential",
]
