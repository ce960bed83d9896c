"""Whole ledgers of vendors and certificates, written set by set; the import engine keeps the audit entry."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS, keys_of_words
from duban.kernel.actor import Actor
from duban.orgs.models import Unit, UnitKind
from duban.platform.events import announce
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.platform.records import assign_codes
from duban.platform.sealing import seal, unseal
from duban.vendors.domain.company import split_words
from duban.vendors.domain.events import CertificateChanged
from duban.vendors.models import Certificate, Company, OwnershipGroup
from duban.vendors.selectors import tenant_of

BATCH = 1000
KEY = ("company_id", "kind", "number")
COMPARED = ("name", "short_name", "size_class", "service_lines", "group_id", "contact_name")


def vendors_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new companies, each with its unit, and change known ones, by their credit code. Units follow a new name."""
    tenant = tenant_of(actor)
    groups = _groups(tenant, {row["group_name"] for row in rows if row["group_name"]})
    companies = {company.credit_code: company for company in Company.objects.filter(tenant=tenant).select_related("unit")}
    fresh, changed = [], []
    for row in rows:
        company = companies.get(row["credit_code"])
        if company is None:
            fresh.append(_filled(Company(tenant=tenant, credit_code=row["credit_code"]), row, groups))
        elif _differs(company, row, groups):
            changed.append(_filled(company, row, groups))
    _create(tenant, fresh)
    progress(len(fresh))
    Company.objects.bulk_update(changed, [*COMPARED, "contact_phone_sealed"], batch_size=BATCH)
    Unit.objects.bulk_update([_renamed(company) for company in changed], ["name", "short_name"], batch_size=BATCH)
    progress(len(rows))
    return ImportCounts(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))


def _groups(tenant: Unit, names: Iterable[str]) -> dict[str, OwnershipGroup]:
    wanted = set(names)
    known = {group.name: group for group in OwnershipGroup.objects.filter(tenant=tenant, name__in=wanted)}
    fresh = [OwnershipGroup(tenant=tenant, name=name) for name in sorted(wanted - known.keys())]
    return known | {group.name: group for group in OwnershipGroup.objects.bulk_create(fresh)}


def _values(row: ImportRow, groups: dict[str, OwnershipGroup]) -> dict[str, Any]:
    group = groups.get(row["group_name"] or "")
    return {
        "name": row["name"],
        "short_name": row["short_name"] or row["name"][:24],
        "size_class": row["size_class"],
        "service_lines": list(keys_of_words(split_words(row["service_lines"]), SERVICE_LINE_WORDS)[0]),
        "group_id": group.pk if group else None,
        "contact_name": row["contact_name"] or "",
    }


def _differs(company: Company, row: ImportRow, groups: dict[str, OwnershipGroup]) -> bool:
    values = _values(row, groups)
    phone = row["contact_phone"] or ""
    is_new_phone = bool(phone) and unseal(company.contact_phone_sealed) != phone
    return is_new_phone or values != {name: getattr(company, name) for name in values}


def _filled(company: Company, row: ImportRow, groups: dict[str, OwnershipGroup]) -> Company:
    for name, value in _values(row, groups).items():
        setattr(company, name, value)
    if row["contact_phone"]:
        company.contact_phone_sealed = seal(row["contact_phone"])
    return company


def _create(tenant: Unit, companies: Sequence[Company]) -> None:
    units = [Unit(parent=tenant, kind=UnitKind.VENDOR, path=tenant.path) for _ in companies]
    for company, unit in zip(companies, units, strict=True):
        company.unit = unit
        _renamed(company)
    assign_codes(units)
    Unit.objects.bulk_create(units, batch_size=BATCH)
    for company, unit in zip(companies, units, strict=True):
        unit.path = f"{tenant.path}{unit.pk}/"
        company.unit = unit
    Unit.objects.bulk_update(units, ["path"], batch_size=BATCH)
    assign_codes(companies)
    Company.objects.bulk_create(companies, batch_size=BATCH)


def _renamed(company: Company) -> Unit:
    company.unit.name, company.unit.short_name = company.name[:80], company.short_name
    return company.unit


def certificates_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new certificates and change known ones, by company, kind and number; a new last day lets reminders begin anew.

    Announces one `CertificateChanged` for each company and kind, over the whole span of its rows.
    """
    stored = Certificate.objects.filter(company_id__in={row["company"] for row in rows})
    ends = {(company, kind, number): until for company, kind, number, until in stored.values_list(*KEY, "valid_until")}
    counts = upsert(
        Certificate,
        ({**_without(row, "company"), "company_id": row["company"]} for row in rows),
        key=KEY,
        existing=Certificate.objects.for_actor(actor),
        progress=progress,
    )
    changed = {tuple(row[name] for name in ("company", "kind", "number")): row["valid_until"] for row in rows}
    moved = [key for key, until in changed.items() if key in ends and ends[key] != until]
    stored.filter(number__in=[number for _, _, number in moved]).update(last_reminder_days=None)
    if counts.created or counts.updated:
        for event in _changes(rows):
            announce(event)
    return counts


def _without(row: ImportRow, name: str) -> dict[str, Any]:
    return {key: value for key, value in row.values.items() if key != name}


def _changes(rows: Sequence[ImportRow]) -> list[CertificateChanged]:
    spans: dict[tuple[int, str], list[tuple[date, date | None]]] = {}
    for row in rows:
        spans.setdefault((row["company"], row["kind"]), []).append((row["valid_from"], row["valid_until"]))
    return [
        CertificateChanged(company, kind, min(first for first, _ in own), _latest([last for _, last in own]))
        for (company, kind), own in spans.items()
    ]


def _latest(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
