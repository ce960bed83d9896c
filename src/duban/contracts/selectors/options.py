"""Contract lines and what belongs to them, as choices, options of filters, titles, places on the chain bar."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from duban.contracts.models import ContractLine
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.estates.models import Estate
from duban.estates.selectors import offices_of
from duban.kernel.actor import Actor
from duban.orgs.models import Unit, UnitKind
from duban.platform.scope import within
from duban.standards.models import Standard
from duban.standards.selectors import standards_in_force
from duban.vendors.models import Company


def service_words(service_line: str) -> str:
    """The service line in the reader's language."""
    return gettext(SERVICE_LINE_LABELS[service_line]) if service_line in SERVICE_LINE_LABELS else service_line


LABEL_READS = (
    "line__service_line",
    "line__estate__name",
    "line__estate__short_name",
    "line__contract__vendor__name",
    "line__contract__vendor__short_name",
)
"""What `line_label` reads, for lists whose rows hold a line."""


def line_label(line: ContractLine) -> str:
    """A line for reading: estate, service, vendor. Needs estate and vendor loaded."""
    return f"{line.estate.short_name or line.estate.name} · {service_words(line.service_line)} · {line.contract.vendor}"


def line_options(actor: Actor) -> list[tuple[str, str]]:
    """Contract lines the actor sees, as options of a filter: one query."""
    estate = Coalesce(NullIf("estate__short_name", Value("")), "estate__name")
    vendor = Coalesce(NullIf("contract__vendor__short_name", Value("")), "contract__vendor__name")
    lines = ContractLine.objects.for_actor(actor).order_by("estate__name", "service_line", "id")
    rows = list(lines.values_list("pk", estate, "service_line", vendor))
    words = {service: service_words(service) for service in {row[2] for row in rows}}
    return [(str(pk), f"{place} · {words[service]} · {company}") for pk, place, service, company in rows]


def estate_options(actor: Actor) -> list[tuple[str, str]]:
    """Estates of the contract lines the actor sees, a vendor's own among them, as options of a filter: one query."""
    lines = ContractLine.objects.for_actor(actor)
    return [(str(pk), name) for pk, name in lines.order_by("estate__name").values_list("estate_id", "estate__name").distinct()]


def chain_url(line: ContractLine, day: date, station: str) -> str:
    """Address of the chain bar of a line's month, lit at `station`; empty where the product has no such bar.

    Needs the contract loaded.
    """
    query = {"contract": line.contract.code, "line": line.number, "month": f"{day:%Y-%m}", "at": station}
    try:
        return f"{reverse('insight:chain')}?{urlencode(query)}"
    except NoReverseMatch:
        return ""


def office_choices(actor: Actor, code: str) -> QuerySet[Unit]:
    """Offices where the actor holds a right, for choosing one."""
    return offices_of(actor, code)


def vendor_choices(actor: Actor) -> QuerySet[Company]:
    """Vendors in use that the actor sees, for choosing one."""
    return Company.objects.for_actor(actor).filter(is_active=True).select_related("unit", "tenant").order_by("short_name")


def estate_choices(actor: Actor) -> QuerySet[Estate]:
    """Estates the actor sees, for choosing one."""
    return Estate.objects.for_actor(actor).select_related("office").order_by("name")


def standard_choices(actor: Actor) -> QuerySet[Standard]:
    """Standards in force, for choosing one."""
    return standards_in_force(actor)


def office_options(actor: Actor) -> list[tuple[str, str]]:
    """Offices as options of a filter: code and name, one query."""
    offices = Unit.objects.exclude(kind=UnitKind.VENDOR).filter(within("path", actor.office_paths()))
    return list(offices.order_by("path").values_list("code", "name"))


def lines_on(wanted: Iterable[tuple[int, str, date]]) -> dict[tuple[int, str, date], int]:
    """(estate, service line, day) → key of the contract line that ran there on that day: one query.

    Lines of drafts do not count. Where two lines overlap, which the register refuses, the later one stands.
    """
    keys = set(wanted)
    rows = ContractLine.objects.filter(estate__in={estate for estate, _, _ in keys}).exclude(contract__state="draft")
    by_place: dict[tuple[int, str], list[tuple[date, date, int]]] = {}
    fields = ("id", "estate_id", "service_line", "starts_on", "ends_on")
    for pk, estate, service, start, end in rows.order_by("starts_on", "id").values_list(*fields):
        by_place.setdefault((estate, service), []).append((start, end, pk))
    found: dict[tuple[int, str, date], int] = {}
    for estate, service, day in keys:
        for start, end, pk in by_place.get((estate, service), ()):
            if start <= day <= end:
                found[estate, service, day] = pk
    return found
