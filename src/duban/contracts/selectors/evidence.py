"""Occurrences that contracts offer to the scores: a certificate a line needs has run out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from duban.contracts.models import ContractLine
from duban.kernel.occurrence import Occurrence, Severity
from duban.kernel.period import Period
from duban.standards.domain.licences import Held, Requirement, applicable, uncovered_days
from duban.standards.selectors import held_by, requirements_of_tenant
from duban.vendors.domain.certificates import CERTIFICATE_LABELS
from duban.vendors.selectors import certificates_by_company


def metric_facts(lines: Collection[int] | None, start: date, end: date) -> "list[QuerySet[Any, Any]]":
    """Contracts measure nothing by themselves; the interface of evidence asks for the function."""
    del lines, start, end
    return []


def occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """`expired_certificate`, one for each line, mandatory certificate and month with a day no certificate covers.

    Dated on the first such day of the month inside the line's term, keyed by the kind of certificate, so that the same
    month always yields the same occurrence whatever span is asked for. A certificate that was never entered is a
    matter of the licence gate, not of the score. Three queries per tenant asked for, ordered by line and day.
    """
    rows = ContractLine.objects.performed_between(start, end).select_related("contract__vendor__tenant", "estate")
    if lines is not None:
        rows = rows.filter(pk__in=lines)
    found = list(rows.order_by("pk"))
    held = {key: held_by(own) for key, own in certificates_by_company({line.contract.vendor_id for line in found}).items()}
    tenants = {line.contract.vendor.tenant.path for line in found}
    rules = {path: requirements_of_tenant(path) for path in tenants}
    for line in found:
        yield from _of_line(line, rules, held[line.contract.vendor_id], start, end)


def _of_line(
    line: ContractLine, rules: Mapping[str, Sequence[Requirement]], held: Sequence[Held], start: date, end: date
) -> Iterator[Occurrence]:
    kinds = {one.kind for one in held}
    needed = applicable(rules[line.contract.vendor.tenant.path], line.service_line, line.special_works)
    lapsed = [rule for rule in needed if rule.is_mandatory and rule.certificate_kind in kinds]
    dated = [(day, rule) for rule in lapsed for day in _first_days(line, rule.certificate_kind, held, start, end)]
    for day, rule in sorted(dated, key=lambda pair: (pair[0], pair[1].certificate_kind)):
        yield Occurrence(
            app="contracts",
            code=f"{line.contract.code}/{line.number}:{rule.certificate_kind}:{day:%Y-%m}",
            line_id=line.pk,
            on=day,
            kind="expired_certificate",
            key=rule.certificate_kind,
            severity=Severity.CRITICAL,
            quantity=Decimal(1),
            label=gettext("{certificate} has run out").format(certificate=gettext(CERTIFICATE_LABELS[rule.certificate_kind])),
            place=line.estate.name,
        )


def _first_days(line: ContractLine, kind: str, held: Sequence[Held], start: date, end: date) -> Iterator[date]:
    term = line.performed_term
    month = Period.month_of(start)
    while term is not None and month.start <= end:
        first, last = max(month.start, term.starts_on), min(month.end, term.ends_on)
        gaps = uncovered_days(held, kind, first, last) if first <= last else []
        if gaps and start <= gaps[0][0] <= end:
            yield gaps[0][0]
        month = month.next()
