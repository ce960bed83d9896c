"""A year of visits with a known truth: who is lenient, and who favours whom."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from duban.contracts.models import ContractLine
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Visit
from duban.orgs.models import Person, RoleGrant, Unit
from duban.platform.records import assign_codes
from tests.cast import Tenant
from tests.factories.inspections import items_of, make_line
from tests.factories.orgs import LONG_AGO
from tests.factories.vendors import CompanyFactory

FIRST, LAST = date(2026, 1, 5), date(2026, 10, 30)
SHANGHAI = ZoneInfo("Asia/Shanghai")
CHECKS = 12
USUAL = 0.8


@dataclass
class Measured:
    """The people by name, the lines, and what is true of them; `extra[(name, vendor key)]` adds to the chance of a pass."""

    people: dict[str, Person]
    lines: list[ContractLine]
    leniency: dict[str, float] = field(default_factory=dict)
    extra: dict[tuple[str, int], float] = field(default_factory=dict)


def make_inspector(unit: Unit, name: str) -> Person:
    """Somebody who checks in the offices of `unit`."""
    person = Person.objects.create(username=f"{unit.pk}-{name}", name=name, language="en", password="!")
    RoleGrant.objects.create(person=person, unit=unit, role="quality_inspector", from_on=LONG_AGO)
    return person


def measured(tenant: Tenant, *, leniency: dict[str, float] | None = None, favour: float = 0.0, estates: int = 2) -> Measured:
    """Four lines of four vendors on each estate, four inspectors 甲 乙 丙 丁, a visit a week on every line.

    丁 favours the rival by `favour`.
    """
    names = ("甲", "乙", "丙", "丁")
    people = {name: make_inspector(tenant.city, name) for name in names}
    vendors = (tenant.vendor, tenant.rival, CompanyFactory(tenant=tenant.root), CompanyFactory(tenant=tenant.root))
    grounds = (tenant.estate, tenant.estate_two)[:estates]
    lines = [
        make_line(tenant, service_line=service, estate=estate, vendor=vendor)
        for service, vendor in zip(("cleaning", "greening", "cleaning", "greening"), vendors, strict=True)
        for estate in grounds
    ]
    found = Measured(people, lines, leniency or {}, {("丁", tenant.rival.pk): favour})
    fill(found)
    return found


def fill(found: Measured, *, seed: int = 7) -> None:
    """Visit every line once a week; chance decides who goes and what passes."""
    random = Random(seed)
    visits = [
        Visit(line=line, day=FIRST + timedelta(days=7 * week), inspector=found.people[random.choice(sorted(found.people))])
        for line in found.lines
        for week in range((LAST - FIRST).days // 7)
    ]
    assign_codes(visits)
    Visit.objects.bulk_create(visits)
    rows = [row for visit in visits for row in _checks(found, visit, random)]
    CheckResult.objects.bulk_create(rows, batch_size=2000)


def _checks(found: Measured, visit: Visit, random: Random) -> list[CheckResult]:
    name = visit.inspector.name if visit.inspector else ""
    chance = USUAL + found.leniency.get(name, 0.0) + found.extra.get((name, visit.line.contract.vendor_id), 0.0)
    items = items_of(visit.line)[:3]
    at = datetime(visit.day.year, visit.day.month, visit.day.day, 9, tzinfo=SHANGHAI)
    return [
        CheckResult(
            line=visit.line,
            visit=visit,
            inspector=visit.inspector,
            item=items[number % len(items)],
            day=visit.day,
            at=at,
            verdict=Verdict.PASS if random.random() < chance else Verdict.FAIL,
            severity=Grade.MINOR,
        )
        for number in range(CHECKS)
    ]
