"""Reads of contracts and of their dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, Exists, F, OuterRef, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from duban.contracts.domain.fees import FIXED_BASES
from duban.contracts.domain.terms import milestones
from duban.contracts.models import Contract, ContractLine
from duban.contracts.permissions import Code
from duban.kernel.actor import Actor
from duban.platform.records import get_by_code
from duban.vendors.domain.certificates import reminder_due
from duban.vendors.models import Company

EXPIRING_DAYS = 90
NOTICE_REMINDERS = (30, 7)
LONGEST_NOTICE = 730
RUNNING = ("active", "suspended")
_MONTHLY = DecimalField(max_digits=28, decimal_places=8)


def contracts_of(actor: Actor) -> QuerySet[Contract]:
    """Contracts the actor may see, with office and vendor; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Contract.objects.for_actor(actor).select_related("office", "vendor__unit", "vendor__tenant")


def contract_get(actor: Actor, code: str) -> Contract:
    """One contract of the actor's scope, or `NotFound`."""
    return get_by_code(contracts_of(actor), code)


def contracts_listed(actor: Actor) -> QuerySet[Contract]:
    """Contracts with `line_count` and `monthly_total` (fixed fee bases only, unrounded), for the register."""
    price = F("lines__unit_price_amount") * F("lines__quantity")
    fixed = Case(When(lines__fee_basis__in=FIXED_BASES, then=price), default=Value(Decimal(0)), output_field=_MONTHLY)
    total = Coalesce(Sum(fixed, output_field=_MONTHLY), Value(Decimal(0)), output_field=_MONTHLY)
    return contracts_of(actor).annotate(line_count=Count("lines"), monthly_total=total)


def contracts_expiring(actor: Actor, today: date, *, days: int = EXPIRING_DAYS) -> QuerySet[Contract]:
    """Contracts in performance that end within `days`, the earliest first."""
    rows = contracts_of(actor).filter(state__in=RUNNING, ends_on__gte=today, ends_on__lte=today + timedelta(days=days))
    return rows.order_by("ends_on", "id")


def contracts_with_service(rows: QuerySet[Contract], service_line: str) -> QuerySet[Contract]:
    """Only contracts with a line of one service."""
    return rows.filter(Exists(ContractLine.objects.filter(contract=OuterRef("pk"), service_line=service_line)))


def notices_due(tenant_path: str, today: date) -> list[tuple[Contract, int]]:
    """Contracts in performance whose notice day is 30 or 7 days away or nearer, with the reminder that has not gone out."""
    near = today + timedelta(days=NOTICE_REMINDERS[0] + LONGEST_NOTICE)
    rows = Contract.objects.filter(
        state__in=RUNNING, office__path__startswith=tenant_path, ends_on__gte=today, ends_on__lte=near
    )
    due = (
        (row, reminder_due(row.notice_on, today, row.last_reminder_days, NOTICE_REMINDERS))
        for row in rows.select_related("office").order_by("id")
    )
    return [(row, days) for row, days in due if days is not None]


def contracts_of_vendor(actor: Actor, company: Company) -> QuerySet[Contract]:
    """The contracts of one vendor that the actor may see, the latest first."""
    return contracts_listed(actor).filter(vendor=company).order_by("-starts_on", "-id")


def contract_lines(contract: Contract) -> list[ContractLine]:
    """The lines of one contract in order, with estate and standard: one query."""
    rows = ContractLine.objects.filter(contract=contract).select_related("estate__office", "standard")
    lines = list(rows.order_by("number"))
    for line in lines:
        line.contract = contract
    return lines


def contract_total(lines: list[ContractLine]) -> Decimal:
    """The monthly base fees of the lines that have one, added up; each was rounded to the fen."""
    return sum((line.monthly_amount or Decimal(0) for line in lines), Decimal(0))


@dataclass(frozen=True)
class ContractDate:
    """One dated event of one contract for calendar and feed."""

    on: date
    kind: str
    code: str
    title: str
    vendor: str


def contract_dates(actor: Actor, start: date, end: date) -> list[ContractDate]:
    """Starts, notice days, ends and terminations of contracts (no drafts) in `[start, end]`, in order: one query."""
    rows = contracts_of(actor).exclude(state="draft").filter(starts_on__lte=end, ends_on__gte=start)
    found = [
        ContractDate(milestone.on, milestone.kind, contract.code, contract.title, str(contract.vendor))
        for contract in rows.order_by("id")
        for milestone in milestones(
            contract.term,
            notice_days=contract.notice_days,
            mobilisation_until=contract.mobilisation_until,
            terminated_on=contract.terminated_on,
        )
        if start <= milestone.on <= end
    ]
    return sorted(found, key=lambda row: (row.on, row.code, row.kind))
