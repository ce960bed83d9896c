"""Reads of vendor companies and certificates."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.models import Unit
from duban.platform.records import get_by_code
from duban.platform.sealing import unseal
from duban.vendors.domain.certificates import REMINDER_DAYS, Expiry, reminder_due
from duban.vendors.domain.company import masked_phone
from duban.vendors.models import Certificate, Company, OwnershipGroup
from duban.vendors.permissions import Code


def companies_of(actor: Actor) -> QuerySet[Company]:
    """Companies the actor may see, with group and unit; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Company.objects.for_actor(actor).select_related("group", "unit", "tenant")


def company_get(actor: Actor, code: str) -> Company:
    """One company of the actor's scope, or `NotFound`."""
    return get_by_code(companies_of(actor), code)


def companies_listed(actor: Actor, today: date) -> QuerySet[Company]:
    """Companies with `ending_count` and `expired_count` of their certificates, for the register: one query."""
    soon = today + timedelta(days=REMINDER_DAYS[0])
    ending = Q(certificates__valid_until__gte=today, certificates__valid_until__lte=soon)
    return companies_of(actor).annotate(
        certificate_count=Count("certificates"),
        ending_count=Count("certificates", filter=ending),
        expired_count=Count("certificates", filter=Q(certificates__valid_until__lt=today)),
    )


def companies_by_name(actor: Actor) -> dict[str, Company]:
    """Code, credit code, full and short name → company, for imports; a name shared by two is left out."""
    found: dict[str, Company] = {}
    doubled: set[str] = set()
    for company in Company.objects.for_actor(actor).select_related("unit", "tenant"):
        for key in {company.code, company.credit_code, company.name, company.short_name}:
            doubled |= {key} & found.keys()
            found[key] = company
    return {key: company for key, company in found.items() if key not in doubled}


def companies_by_id(ids: Collection[int]) -> dict[int, Company]:
    """Companies by key, for apps above that already scoped their own rows."""
    return Company.objects.select_related("unit", "tenant").in_bulk(list(ids))


def group_options(actor: Actor) -> list[tuple[str, str]]:
    """Ownership groups of the actor's tenant as options of a filter: one query."""
    rows = OwnershipGroup.objects.filter(tenant__path=actor.tenant_path).order_by("name")
    return [(str(key), name) for key, name in rows.values_list("pk", "name")]


def company_options(actor: Actor) -> list[tuple[str, str]]:
    """Companies the actor sees as options of a filter: code and short name, one query."""
    return list(Company.objects.for_actor(actor).order_by("short_name").values_list("code", "short_name"))


def company_relatives(company: Company) -> list[Company]:
    """The other companies under the same controlling owner."""
    if company.group_id is None:
        return []
    return list(Company.objects.filter(group=company.group_id).exclude(pk=company.pk).order_by("short_name"))


def tenant_of(actor: Actor) -> Unit:
    """The root unit of the actor's company."""
    root = Unit.objects.filter(path=actor.tenant_path).first()
    if root is None:
        raise NotFound
    return root


def contact_masked(company: Company) -> str:
    """The contact number with its middle hidden."""
    return masked_phone(unseal(company.contact_phone_sealed))


def certificates_of(actor: Actor) -> QuerySet[Certificate]:
    """Certificates the actor may see, with their companies."""
    actor.require(Code.VIEW)
    return Certificate.objects.for_actor(actor).select_related("company__tenant", "company__unit", "file")


def certificate_get(actor: Actor, code: str) -> Certificate:
    """One certificate of the actor's scope, or `NotFound`."""
    return get_by_code(certificates_of(actor), code)


def company_certificates(company: Company) -> list[Certificate]:
    """All certificates of one company, by kind, the longest-lived first."""
    rows = Certificate.objects.filter(company=company).select_related("company__tenant", "company__unit", "file")
    return list(rows.order_by("kind", "-valid_until", "id"))


def certificates_by_company(company_ids: Collection[int]) -> dict[int, list[Certificate]]:
    """Company key → its certificates, in one query."""
    found: dict[int, list[Certificate]] = {key: [] for key in company_ids}
    for certificate in Certificate.objects.filter(company_id__in=company_ids).order_by("company_id", "id"):
        found[certificate.company_id].append(certificate)
    return found


def certificates_expiring(actor: Actor, today: date, *, days: int = REMINDER_DAYS[0]) -> QuerySet[Certificate]:
    """Certificates that are expired or end within `days`, of companies still in use, the most urgent first."""
    rows = certificates_of(actor).filter(company__is_active=True, valid_until__lte=today + timedelta(days=days))
    return rows.order_by("valid_until", "id")


def certificates_in_state(rows: QuerySet[Certificate], state: Expiry, today: date) -> QuerySet[Certificate]:
    """Only certificates that stand in one state of expiry on a day."""
    return rows.filter(expiry_condition(state, today))


def expiry_condition(state: Expiry, today: date) -> Q:
    """What a row with `valid_from` and `valid_until` must meet to stand in a state of expiry on a day."""
    soon = today + timedelta(days=REMINDER_DAYS[0])
    conditions = {
        Expiry.NOT_YET: Q(valid_from__gt=today),
        Expiry.VALID: Q(valid_from__lte=today) & (Q(valid_until__isnull=True) | Q(valid_until__gt=soon)),
        Expiry.ENDING: Q(valid_from__lte=today, valid_until__gte=today, valid_until__lte=soon),
        Expiry.EXPIRED: Q(valid_from__lte=today, valid_until__lt=today),
    }
    return conditions[state]


@dataclass(frozen=True)
class DueReminder:
    """A certificate whose reminder is due, and which of the reminders it is."""

    certificate: Certificate
    days: int


def reminders_due(today: date) -> list[DueReminder]:
    """Every reminder that is due today and has not gone out, over all tenants."""
    soon = today + timedelta(days=REMINDER_DAYS[0])
    rows = Certificate.objects.filter(company__is_active=True, valid_until__gte=today, valid_until__lte=soon)
    found: list[DueReminder] = []
    for certificate in rows.select_related("company__tenant", "company__unit").order_by("id"):
        days = reminder_due(certificate.valid_until, today, certificate.last_reminder_days)
        if days is not None:
            found.append(DueReminder(certificate, days))
    return found
