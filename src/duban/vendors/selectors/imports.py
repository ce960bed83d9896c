"""What the ledgers of vendors and certificates look up and check, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS, keys_of_words
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.platform.sealing import unseal
from duban.vendors.domain.certificates import WORKER_KINDS
from duban.vendors.domain.company import split_words
from duban.vendors.models import Certificate, Company
from duban.vendors.selectors.records import companies_by_name

UNKNOWN_LINE = Reason(
    mark("“{word}” is no service line."), mark("Write 保洁, 秩序维护, 绿化养护, 设施设备维护 or 客户服务, parted by 、.")
)
NO_HOLDER = Reason(mark("This certificate belongs to a person."), mark("Name the holder."))
ENDS_BEFORE_START = Reason(mark("The last day lies before the first day."), mark("Correct one of the two dates."))


def vendor_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Service lines that nobody knows."""
    del actor
    for row in rows:
        for word in keys_of_words(split_words(row["service_lines"]), SERVICE_LINE_WORDS)[1]:
            yield row.problem("service_lines", UNKNOWN_LINE, word=word)


def certificate_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Certificates that end before they begin, and personal ones without a holder."""
    del actor
    for row in rows:
        if row["valid_until"] is not None and row["valid_until"] < row["valid_from"]:
            yield row.problem("valid_until", ENDS_BEFORE_START)
        if row["kind"] in WORKER_KINDS and not row["holder_name"]:
            yield row.problem("holder_name", NO_HOLDER)


def company_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Code, credit code, full or short name → key, for the columns of imports."""
    return {text: company.pk for text, company in companies_by_name(actor).items() if text in set(codes)}


def vendor_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every company as an import would bring it in."""
    for company in Company.objects.for_actor(actor).select_related("group").order_by("credit_code"):
        yield {
            "credit_code": company.credit_code,
            "name": company.name,
            "short_name": company.short_name,
            "size_class": company.size_class,
            "service_lines": "、".join(SERVICE_LINE_WORDS[line][0] for line in company.service_lines),
            "group_name": company.group.name if company.group else "",
            "contact_name": company.contact_name,
            "contact_phone": unseal(company.contact_phone_sealed),
        }


def certificate_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every certificate as an import would bring it in."""
    rows = Certificate.objects.for_actor(actor).select_related("company")
    for one in rows.order_by("company__credit_code", "kind", "number"):
        yield {
            "company": one.company.credit_code,
            "kind": one.kind,
            "number": one.number,
            "issuer": one.issuer,
            "holder_name": one.holder_name,
            "valid_from": one.valid_from,
            "valid_until": one.valid_until,
        }
