"""How much of its duties an estate has handed over (rule R-941)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from duban.contracts.domain.outsourcing import Assessment, OutsourcedLine, assess
from duban.contracts.models import Contract, ContractLine
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.estates.models import Estate
from duban.estates.selectors import estates_by_id
from duban.kernel.actor import Actor


@dataclass(frozen=True)
class EstateOutsourcing:
    """One estate with the verdict on it and the lines handed over."""

    estate: Estate
    assessment: Assessment
    lines: tuple[OutsourcedLine, ...]


def monthly_income(estate: Estate) -> Decimal | None:
    """Service fee per month in CNY (fee per m² × area), the measure of an estate's service cost; `None` where unknown."""
    return estate.service_fee_per_m2 * estate.area_m2 if estate.service_fee_per_m2 and estate.area_m2 else None


def estate_outsourcing(estate: Estate, on: date) -> EstateOutsourcing:
    """The verdict on one estate on a day, over all contracts of all vendors: one query."""
    return _assessed([estate], _performed([estate.pk], on))[0]


def outsourcing_of(actor: Actor, on: date) -> list[EstateOutsourcing]:
    """The matrix of the actor's estates, the most worrying first: two queries."""
    estates = list(Estate.objects.for_actor(actor).select_related("office").order_by("name", "id"))
    rows = _assessed(estates, _performed([estate.pk for estate in estates], on))
    return sorted(rows, key=lambda row: (-["green", "yellow", "red"].index(row.assessment.alarm), row.estate.name))


def outsourcing_with(contract: Contract) -> list[EstateOutsourcing]:
    """The verdicts on a contract's estates as they would be with the contract in performance, on its first day."""
    own = list(ContractLine.objects.filter(contract=contract).select_related("contract__vendor"))
    keys = {line.estate_id for line in own}
    others = _performed(keys, contract.starts_on).exclude(contract=contract)
    return _assessed(estates_by_id(keys).values(), [*others, *own])


def _performed(estate_ids: Collection[int], on: date) -> "QuerySet[ContractLine]":
    rows = ContractLine.objects.filter(estate_id__in=estate_ids).performed_between(on, on)
    return rows.filter(contract__state__in=("active", "suspended")).select_related("contract__vendor").order_by("id")


def _assessed(estates: Iterable[Estate], lines: Iterable[ContractLine]) -> list[EstateOutsourcing]:
    by_estate: dict[int, list[OutsourcedLine]] = {}
    for line in lines:
        given = OutsourcedLine(line.service_line, str(line.contract.vendor), line.monthly_amount or Decimal(0))
        by_estate.setdefault(line.estate_id, []).append(given)
    required = tuple(str(line) for line in SERVICE_LINE_LABELS)
    rows = []
    for estate in estates:
        given_lines = tuple(by_estate.get(estate.pk, ()))
        verdict = assess(given_lines, required=required, monthly_income=monthly_income(estate))
        rows.append(EstateOutsourcing(estate, verdict, given_lines))
    return rows
