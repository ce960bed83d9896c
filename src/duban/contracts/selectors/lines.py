"""Reads of contract lines: what every app above counts by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from duban.contracts.domain.terms import Claim, Overlap, Term, overlaps_of
from duban.contracts.models import Contract, ContractLine, ContractLineQuerySet
from duban.contracts.permissions import Code
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.standards.domain.licences import LicenceGate, applicable, check_licences
from duban.standards.selectors import held_by, requirements_of_tenant
from duban.vendors.selectors import certificates_by_company


def lines_of(actor: Actor) -> ContractLineQuerySet:
    """Contract lines the actor may see, with contract, vendor, office, estate and standard."""
    actor.require(Code.VIEW)
    return ContractLine.objects.for_actor(actor).select_related(
        "contract__vendor__unit", "contract__vendor__tenant", "contract__office", "estate__office", "standard"
    )


def lines_in(actor: Actor, start: date, end: date) -> QuerySet[ContractLine]:
    """Lines of the actor's scope that were performed on at least one day of `[start, end]`, in a fixed order."""
    return lines_of(actor).performed_between(start, end).order_by("contract__code", "number")


def line_get(actor: Actor, key: int) -> ContractLine:
    """One line of the actor's scope by its key, or `NotFound`."""
    line = lines_of(actor).filter(pk=key).first()
    if line is None:
        raise NotFound
    return line


def line_by_number(actor: Actor, contract_code: str, number: int) -> ContractLine:
    """The line `number` of a contract in the actor's scope, or `NotFound`."""
    line = lines_of(actor).filter(contract__code=contract_code, number=number).first()
    if line is None:
        raise NotFound
    return line


def lines_by_id(ids: Collection[int]) -> dict[int, ContractLine]:
    """Lines by key with contract, vendor and estate, for apps above that already scoped their own rows."""
    rows = ContractLine.objects.select_related("contract__vendor__unit", "contract__office", "estate__office", "standard")
    return rows.in_bulk(list(ids))


def lines_for_settlement(contract_ids: Collection[int], start: date, end: date) -> dict[int, list[ContractLine]]:
    """Contract key → its lines performed in `[start, end]`, in order: one query."""
    found: dict[int, list[ContractLine]] = {key: [] for key in contract_ids}
    rows = ContractLine.objects.filter(contract_id__in=contract_ids).performed_between(start, end)
    for line in rows.select_related("contract__vendor", "contract__office", "estate").order_by("contract_id", "number"):
        found[line.contract_id].append(line)
    return found


def lines_by_reference(codes: Collection[tuple[str, ...]], *, actor: Actor) -> Mapping[tuple[str, ...], int]:
    """(contract code or number, line number) → line key, for imports of evidence."""
    contracts = {code[0] for code in codes}
    rows = ContractLine.objects.for_actor(actor).filter(Q(contract__code__in=contracts) | Q(contract__number__in=contracts))
    found: dict[tuple[str, ...], int] = {}
    for key, code, number, line in rows.values_list("pk", "contract__code", "contract__number", "number"):
        found[code, str(line)] = key
        found[number, str(line)] = key
    return found


def lines_by_vendor(company_id: int, kind: str, from_on: date, until_on: date | None) -> list[ContractLine]:
    """Lines of a vendor that a certificate of `kind` may concern in a span of days; drafts do not count."""
    rows = ContractLine.objects.filter(contract__vendor_id=company_id).performed_between(from_on, until_on or date.max)
    lines = list(rows.select_related("contract__vendor__tenant").order_by("id"))
    requirements = requirements_of_tenant(lines[0].contract.vendor.tenant.path) if lines else []
    return [
        line
        for line in lines
        if any(rule.certificate_kind == kind for rule in applicable(requirements, line.service_line, line.special_works))
    ]


def estate_lines(actor: Actor, estate: Estate, on: date) -> list[ContractLine]:
    """The lines at an estate that are performed on a day or later, running ones first."""
    rows = lines_of(actor).filter(estate=estate).performed_between(on, date.max)
    return list(rows.order_by("starts_on", "service_line", "id"))


@dataclass(frozen=True)
class OverlapFound:
    """A line that would be served twice: its own number, the other contract's code, and the days both claim."""

    number: int
    other: str
    shared: Term


def overlapping_lines(contract: Contract) -> list[OverlapFound]:
    """Which lines of a contract claim days that another contract in performance, or another of its own lines, has.

    Two queries, however many lines. Drafts and days after a termination do not count.
    """
    own = list(ContractLine.objects.filter(contract=contract).order_by("number"))
    estates = {line.estate_id for line in own}
    others = ContractLine.objects.filter(
        estate_id__in=estates, contract__state__in=("active", "suspended", "expired", "terminated")
    )
    claims = [_claim(f"#{line.number}", line, line.term) for line in own]
    for line in others.exclude(contract=contract).select_related("contract").order_by("id"):
        term = line.performed_term
        if term is not None:
            claims.append(_claim(line.contract.code, line, term))
    return list(_of_own(overlaps_of(claims)))


def _claim(name: str, line: ContractLine, term: Term) -> Claim:
    return Claim(name, (line.estate_id, line.service_line), term)


def _of_own(overlaps: Iterable[Overlap]) -> Iterable[OverlapFound]:
    for overlap in overlaps:
        names = (overlap.first.name, overlap.second.name)
        own = [name for name in names if name.startswith("#")]
        if own:
            other = names[1] if own[0] == names[0] else names[0]
            yield OverlapFound(int(own[0][1:]), other, overlap.shared)


def line_gates(lines: Iterable[ContractLine], on: date) -> dict[int, LicenceGate]:
    """Line key → licence gate of its vendor on a day; two queries. All lines belong to one tenant."""
    rows = list(lines)
    if not rows:
        return {}
    requirements = requirements_of_tenant(rows[0].contract.office.tenant_path)
    certificates = certificates_by_company({line.contract.vendor_id for line in rows})
    return {
        line.pk: check_licences(
            applicable(requirements, line.service_line, line.special_works), held_by(certificates[line.contract.vendor_id]), on
        )
        for line in rows
    }
