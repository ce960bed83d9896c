"""Contract lines as the apps above name them: in filters, in titles, on the chain bar."""

from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from duban.contracts.models import ContractLine
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.actor import Actor


def service_words(service_line: str) -> str:
    """The service line in the reader's language."""
    return gettext(SERVICE_LINE_LABELS[service_line]) if service_line in SERVICE_LINE_LABELS else service_line


def line_label(line: ContractLine) -> str:
    """A line for reading: estate, service, vendor. Needs estate and vendor loaded."""
    return f"{line.estate.short_name or line.estate.name} · {service_words(line.service_line)} · {line.contract.vendor}"


def line_options(actor: Actor) -> list[tuple[str, str]]:
    """Contract lines the actor sees, as options of a filter: one query."""
    lines = ContractLine.objects.for_actor(actor).select_related("estate", "contract__vendor")
    return [(str(line.pk), line_label(line)) for line in lines.order_by("estate__name", "service_line", "id")]


def chain_url(line: ContractLine, day: date, station: str) -> str:
    """Address of the chain bar of a line's month, lit at `station`; empty where the product has no such bar.

    Needs the contract loaded.
    """
    query = {"contract": line.contract.code, "line": line.number, "month": f"{day:%Y-%m}", "at": station}
    try:
        return f"{reverse('insight:chain')}?{urlencode(query)}"
    except NoReverseMatch:
        return ""
