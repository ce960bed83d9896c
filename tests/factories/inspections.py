"""Contract lines with a standard to inspect, and check results on them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from duban.contracts.models import Contract, ContractLine, FeeBasis
from duban.estates.models import Estate, Place, PlaceKind
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, Finding, InspectionPlan, InspectionTask
from duban.standards.models import Checklist, Standard, StandardItem
from duban.vendors.models import SizeClass
from tests.cast import Tenant

STARTS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
SHANGHAI = ZoneInfo("Asia/Shanghai")
ITEMS = (
    ("floors.handrail", "floors", "minor", False),
    ("floors.lamp", "floors", "major", False),
    ("lobby.glass", "lobby", "minor", False),
    ("staff.drunk", "staff", "critical", True),
)


def make_line(
    tenant: Tenant, *, service_line: str = "cleaning", estate: Estate | None = None, vendor: object = None
) -> ContractLine:
    """A contract line of the tenant over the year 2026 with a standard of four items in force."""
    contract = Contract.objects.create(
        office=tenant.city,
        vendor=vendor or tenant.vendor,
        number=f"N-{tenant.root.pk}-{Contract.objects.count()}",
        title="保洁合同",
        starts_on=STARTS,
        ends_on=ENDS,
        state="active",
        vendor_size_class=SizeClass.SMALL,
        buyer_size_class=SizeClass.LARGE,
    )
    return ContractLine.objects.create(
        contract=contract,
        number=1,
        estate=estate or tenant.estate,
        service_line=service_line,
        standard=make_standard(tenant, service_line),
        fee_basis=FeeBasis.LUMP_SUM,
        unit_price_amount=Decimal(10000),
        starts_on=STARTS,
        ends_on=ENDS,
    )


def make_standard(tenant: Tenant, service_line: str) -> Standard:
    """The tenant's standard of a service line; made once."""
    found = Standard.objects.filter(tenant=tenant.root, service_line=service_line).first()
    if found is not None:
        return found
    standard = Standard.objects.create(
        tenant=tenant.root, service_line=service_line, key=service_line, name="保洁标准", state="in_force", in_force_from=STARTS
    )
    items = [
        StandardItem(
            standard=standard,
            key=key,
            block=block,
            number=str(number),
            name=key,
            frequency="每日",
            severity=severity,
            is_red_line=red,
        )
        for number, (key, block, severity, red) in enumerate(ITEMS, 1)
    ]
    StandardItem.objects.bulk_create(items)
    checklist = Checklist.objects.create(standard=standard, name="日检")
    checklist.items.set(StandardItem.objects.filter(standard=standard))
    return standard


def items_of(line: ContractLine) -> list[StandardItem]:
    """The items of the line's standard in order."""
    return list(StandardItem.objects.filter(standard_id=line.standard_id).order_by("id"))


def make_place(estate: Estate, name: str, parent: Place | None = None) -> Place:
    """A place of the estate."""
    kind = PlaceKind.FLOOR if parent else PlaceKind.BUILDING
    place = Place.objects.create(
        estate=estate, parent=parent, kind=kind, name=name, tag=f"T{Place.objects.count():05d}-{estate.pk}"
    )
    place.path = f"{parent.path if parent else '/'}{place.pk}/"
    place.save(update_fields=["path"])
    return place


def make_result(
    line: ContractLine, *, item: int = 0, day: date = date(2026, 10, 5), verdict: Verdict = Verdict.FAIL, **more: object
) -> CheckResult:
    """One stored result, without a finding."""
    at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=SHANGHAI)
    return CheckResult.objects.create(line=line, item=items_of(line)[item], day=day, at=at, verdict=verdict, **more)


def make_finding(line: ContractLine, *, item: int = 0, day: date = date(2026, 10, 5), **more: object) -> Finding:
    """One stored finding with the failed result that opened it; `finder` names who found it."""
    finder = more.pop("finder", None)
    result = make_result(line, item=item, day=day, inspector=finder)
    values = {"severity": result.severity, "found_on": day, "due_on": day, **more}
    return Finding.objects.create(check_result=result, line=line, item=result.item, **values)


def make_plan(tenant: Tenant, **more: object) -> InspectionPlan:
    """A weekly cleaning plan of the tenant's city, of which no task was made yet; `estates`, `lines`, `places` narrow it."""
    many = {name: more.pop(name, ()) for name in ("estates", "lines", "places")}
    values = {
        "name": f"周检{InspectionPlan.objects.count()}",
        "service_line": "cleaning",
        "starts_on": STARTS,
        "planned_until": date(2026, 11, 22),
        "salt": "salt",
        **more,
    }
    plan = InspectionPlan.objects.create(office=tenant.city, **values)
    for name, rows in many.items():
        getattr(plan, name).set(rows)
    return plan


def make_task(line: ContractLine, *, day: date = date(2026, 11, 23), **more: object) -> InspectionTask:
    """One announced task, planned for `day` and due two days later."""
    places = more.pop("places", ())
    values = {"planned_on": day, "due_on": day + timedelta(days=2), **more}
    task = InspectionTask.objects.create(line=line, **values)
    task.places.set(places)
    return task
