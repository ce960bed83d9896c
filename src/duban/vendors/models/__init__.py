"""Who delivers: vendor companies, who owns them, what they are licensed for, and their people."""

from duban.vendors.models.companies import CERTIFICATE_CHOICES, Certificate, Company, OwnershipGroup, SizeClass
from duban.vendors.models.workers import Worker

__all__ = ["CERTIFICATE_CHOICES", "Certificate", "Company", "OwnershipGroup", "SizeClass", "Worker"]
