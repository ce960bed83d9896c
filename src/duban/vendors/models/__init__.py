"""Who delivers: vendor companies, who owns them, and what they are licensed for."""

from duban.vendors.models.companies import CERTIFICATE_CHOICES, Certificate, Company, OwnershipGroup, SizeClass

__all__ = ["CERTIFICATE_CHOICES", "Certificate", "Company", "OwnershipGroup", "SizeClass"]
