"""Schemes, lines, evidence and cards for tests of scoring and of what stands above it."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import CharField, DateField, DecimalField, QuerySet, Value

from duban.contracts.models import Contract, ContractLine, FeeBasis
from duban.kernel.actor import Actor, system_actor
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.occurrence import Occurrence
from duban.scorecards.models import LineScheme, Period, SchemeVersion
from duban.scorecards.services import mark_dirty, period_close, periods_open, schemes_install
from duban.vendors.models import SizeClass
from tests.cast import Tenant

OCTOBER = date(2026, 10, 1)
TODAY = date(2026, 11, 23)

_serial = iter(range(1, 1_000_000))


def contract_line(tenant: Tenant, *, service_line: str = "cleaning", **more: object) -> ContractLine:
    """A line of an active contract of `tenant.vendor` at `tenant.estate`, in force all 2026."""
    number = next(_serial)
    contract = Contract.objects.create(
        office=tenant.project,
        vendor=more.pop("vendor", tenant.vendor),
        number=f"N{number}",
        title=f"合同{number}",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        vendor_size_class=SizeClass.SMALL,
        buyer_size_class=SizeClass.LARGE,
        state="active",
        mobilisation_until=more.pop("mobilisation_until", None),
    )
    values = {
        "estate": tenant.estate,
        "number": 1,
        "service_line": service_line,
        "fee_basis": FeeBasis.LUMP_SUM,
        "unit_price_amount": Decimal(10000),
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        **more,
    }
    return ContractLine.objects.create(contract=contract, **values)


def office(tenant: Tenant) -> Actor:
    """The system inside one tenant."""
    return system_actor(tenant.root.path)


def bound_line(tenant: Tenant, scheme: str = "CLN-M", **more: object) -> ContractLine:
    """A contract line scored by a shipped scheme from the start of 2026."""
    schemes_install(actor=office(tenant), tenant=tenant.root)
    line = contract_line(tenant, **more)
    version = SchemeVersion.objects.get(scheme__tenant=tenant.root, scheme__key=scheme, number=1)
    LineScheme.objects.create(line=line, version=version, from_on=date(2026, 1, 1))
    return line


def period(tenant: Tenant, key: str = "2026-10") -> Period:
    """An open period of the tenant."""
    periods_open(actor=office(tenant), tenant=tenant.root, today=TODAY)
    return Period.objects.get(tenant=tenant.root, key=key)


class FakeEvidence:
    """An evidence app with facts and occurrences that a test puts in by hand; `wire` makes scoring read it."""

    def __init__(self) -> None:
        self.facts: dict[tuple[int, date, str], tuple[Decimal, Decimal]] = {}
        self.happened: list[Occurrence] = []

    def measure(self, line: ContractLine, metric: str, numerator: float, denominator: float, *, on: date = OCTOBER) -> None:
        """Let the evidence say so, and announce it as an evidence app would."""
        self.facts[line.pk, on, metric] = (Decimal(str(numerator)), Decimal(str(denominator)))
        mark_dirty(EvidenceChanged("fake", ((line.pk, on),)))

    def happen(
        self, line: ContractLine, code: str, *, kind: str = "failed_item", key: str = "outside:litter", on: date = OCTOBER
    ) -> None:
        """Something went wrong on `line`."""
        self.happened.append(Occurrence("fake", code, line.pk, on, kind, key, "minor", Decimal(1), f"{kind} {code}", "1 号楼"))
        mark_dirty(EvidenceChanged("fake", ((line.pk, on),)))

    def metric_facts(self, lines: Collection[int] | None, start: date, end: date) -> list["QuerySet[ContractLine]"]:
        """One query per fact: the values are constants of the query."""
        return [
            ContractLine.objects.filter(pk=line).values_list(
                Value(metric, CharField()),
                "pk",
                Value(day, DateField()),
                Value(numerator, DecimalField(max_digits=14, decimal_places=2)),
                Value(denominator, DecimalField(max_digits=14, decimal_places=2)),
            )
            for (line, day, metric), (numerator, denominator) in self.facts.items()
            if (lines is None or line in lines) and start <= day <= end
        ]

    def occurrences(self, lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
        """What happened on these lines and days."""
        for item in sorted(self.happened, key=lambda item: (item.line_id, item.on, item.code)):
            if (lines is None or item.line_id in lines) and start <= item.on <= end:
                yield item


GOOD_OCTOBER = {
    "inspections.pass_rate:outside": (48, 50),
    "inspections.pass_rate:lobby": (98, 100),
    "inspections.pass_rate:floors": (94, 100),
    "inspections.pass_rate:restroom": (58, 60),
    "inspections.pass_rate:waste": (20, 20),
    "attendance.presence": (99, 100),
    "inspections.rectified_on_time": (9, 10),
}
"""Evidence for a whole card of scheme CLN-M: 83.5 points with the two occurrences of `full_month`."""


def full_month(evidence: FakeEvidence, line: ContractLine, *, on: date = OCTOBER) -> None:
    """A month of evidence in which every indicator but satisfaction has enough."""
    for metric, (numerator, denominator) in GOOD_OCTOBER.items():
        evidence.measure(line, metric, numerator, denominator, on=on)
    evidence.happen(line, f"F-{line.pk}-1", on=on)
    evidence.happen(line, f"F-{line.pk}-2", kind="valid_complaint", key="noise", on=on)


def closed(tenant: Tenant, key: str = "2026-10") -> Period:
    """The period after closing."""
    found = period(tenant, key)
    period_close(actor=office(tenant), period=found)
    return Period.objects.get(pk=found.pk)
