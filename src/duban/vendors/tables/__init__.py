"""Lists of vendors: companies, certificates, people and their credentials."""

from duban.vendors.tables.companies import CERTIFICATES, COMPANIES, company_url, expiry_badge, service_words
from duban.vendors.tables.workers import CREDENTIALS, WORKERS, worker_badge, worker_url

__all__ = [
    "CERTIFICATES",
    "COMPANIES",
    "CREDENTIALS",
    "WORKERS",
    "company_url",
    "expiry_badge",
    "service_words",
    "worker_badge",
    "worker_url",
]
