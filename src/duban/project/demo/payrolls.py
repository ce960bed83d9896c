"""October's payrolls as the vendors handed them in, what the ledgers found, and what was decided about two of the findings."""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from duban.attendance.models import LedgerFinding, PayrollProof, Punch, Slot
from duban.attendance.selectors.ledger import lines_to_examine
from duban.attendance.services.ledger import finding_decide, ledger_examine, payroll_record
from duban.contracts.models import ContractLine
from duban.kernel.actor import system_actor
from duban.kernel.period import Period
from duban.orgs.selectors import actor_for_person
from duban.project.demo.clock import at
from duban.project.demo.company import LAST_DAY
from duban.project.demo.crews import CAPTAIN_VENDOR, SERVICES
from duban.project.demo.manning import MANAGERS
from duban.project.demo.registers import World
from duban.project.demo.shifts import GHOST_ESTATE
from duban.vendors.models import Worker

OCTOBER = Period.month_of(LAST_DAY)
HANDED_IN = date(2026, 11, 6)
GHOST_NAME, GHOST_HOURS, GHOST_SINCE = "胡国平", Decimal(201), date(2026, 8, 1)
"""Somebody who stands on the payroll of 海棠里 and whom no clock ever saw."""
DECISIONS = (
    ("ghost_staff", "uphold", "与排班表、门岗监控比对：十月全月未见此人，企业未能说明。"),
    ("uninsured_staff", "dismiss", "企业补交了参保证明，生效日期早于当月。"),
)


def hand_in_payrolls(world: World) -> int:
    """Hand in, look through and decide, once; returns how many exceptions the ledgers hold."""
    if not PayrollProof.objects.exists() and is_month_over():
        with transaction.atomic():
            with at(HANDED_IN, 16):
                for line in _lines():
                    _hand_in(world, line)
            for month in (OCTOBER, Period.month_of(timezone.localdate())):
                for line in lines_to_examine(month):
                    ledger_examine(actor=system_actor("/"), line=line, month=month)
            _decide(world)
    return LedgerFinding.objects.count()


def is_month_over() -> bool:
    """Whether October's payrolls are due by now."""
    return timezone.localdate() > HANDED_IN


def _lines() -> list[ContractLine]:
    lines = ContractLine.objects.filter(contract__vendor__short_name__in=MANAGERS, service_line__in=SERVICES)
    return list(lines.select_related("contract__vendor__unit", "contract__office", "estate__office").order_by("pk"))


def _hand_in(world: World, line: ContractLine) -> None:
    """Hours by who checked in; the decaying vendor bills every shift, manned or not, and pays somebody who was never there."""
    vendor = line.contract.vendor
    slots = Slot.objects.filter(line=line, day__range=(OCTOBER.start, OCTOBER.end))
    came = Punch.objects.filter(line=line, day__range=(OCTOBER.start, OCTOBER.end), direction="in")
    length = slots.first()
    shifts = Counter(came.values_list("worker_id", flat=True))
    hours = {worker: count * length.planned_hours for worker, count in shifts.items()} if length else {}
    is_careless = vendor.short_name == CAPTAIN_VENDOR
    if is_careless and line.estate.short_name == GHOST_ESTATE:
        ghost = Worker.objects.create(company=vendor, name=GHOST_NAME, service_line=line.service_line, entered_on=GHOST_SINCE)
        hours[ghost.pk] = GHOST_HOURS
    billed = slots.count() if is_careless else slots.filter(state="present").count()
    actor = actor_for_person(world.people[MANAGERS[vendor.short_name]])
    payroll_record(actor=actor, line=line, month=OCTOBER, hours=hours, billed_shifts=billed)


def _decide(world: World) -> None:
    quality = actor_for_person(world.people["quality"])
    for flaw, move, note in DECISIONS:
        rows = LedgerFinding.objects.filter(flaw=flaw, month=OCTOBER.start, state="open").order_by("pk")
        finding = rows.select_related("line__estate__office", "line__contract__office").first()
        if finding is not None:
            finding_decide(actor=quality, finding=finding, move=move, note=note)
