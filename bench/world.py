"""A company of 1,000 contract lines with a month of check results, all made from one seed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from duban.contracts.models import Contract, ContractLine, FeeBasis
from duban.estates.models import Estate
from duban.inspections.models import CheckResult
from duban.kernel.actor import Actor, system_actor
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.platform.records import assign_codes
from duban.scorecards.services.schemes import line_schemes_create, scheme_create, version_publish
from duban.standards.models import Standard, StandardItem
from duban.vendors.models import Company, SizeClass

LINES, ESTATES, VENDORS, INDICATORS, FAILURES = 1000, 250, 25, 20, 0.05
FIRST, DAYS = date(2026, 10, 1), 31
CHUNK = 5000
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class World:
    """What the measurements need to know of it."""

    root: Unit
    actor: Actor
    person: Person
    lines: list[ContractLine]
    items: list[StandardItem]
    rows: int


def make_world(rows: int, *, line_count: int = LINES) -> World:
    """Registers, scheme, and `rows` check results in October 2026, one in twenty of them failed."""
    root = _unit("基准物业", UnitKind.GROUP, None)
    person = Person.objects.create(username="bench", name="基准", password="!")  # noqa: S106 - an unusable password
    RoleGrant.objects.create(person=person, unit=root, role=Role.QUALITY_MANAGER, from_on=date(2020, 1, 1))
    standard = Standard.objects.create(tenant=root, service_line="cleaning", key="bench", name="保洁标准", state="in_force")
    items = _items(standard)
    actor = system_actor(root.path)
    lines = _lines(root, standard, line_count)
    version = version_publish(actor=actor, version=scheme_create(actor=actor, tenant=root, document=_scheme()))
    starts = {line.pk: line.starts_on for line in lines}
    line_schemes_create(actor=actor, bindings=dict.fromkeys(starts, version), from_on=starts, record=version)
    world = World(root=root, actor=actor, person=person, lines=lines, items=items, rows=rows)
    _results(world)
    return world


def _unit(name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    unit = Unit(name=name, kind=kind, parent=parent)
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def _items(standard: Standard) -> list[StandardItem]:
    items = [
        StandardItem(standard=standard, key=f"b{n:02}.item", block=f"b{n:02}", number=str(n), name=f"项目{n}", frequency="每日")
        for n in range(INDICATORS)
    ]
    return StandardItem.objects.bulk_create(items)


def _lines(root: Unit, standard: Standard, count: int) -> list[ContractLine]:
    offices = [_unit(f"项目部{n}", UnitKind.PROJECT, root) for n in range(10)]
    estates = [Estate(office=offices[n % 10], name=f"小区{n:03}", city="上海") for n in range(ESTATES)]
    assign_codes(estates)
    Estate.objects.bulk_create(estates)
    contracts = [_contract(root, number) for number in range(VENDORS)]
    lines = [
        ContractLine(
            contract=contracts[n % VENDORS],
            number=n // VENDORS + 1,
            estate=estates[n // 4],
            service_line="cleaning",
            standard=standard,
            fee_basis=FeeBasis.LUMP_SUM,
            unit_price_amount=10_000,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
        for n in range(count)
    ]
    return ContractLine.objects.bulk_create(lines)


def _contract(root: Unit, number: int) -> Contract:
    company = Company.objects.create(
        tenant=root,
        unit=_unit(f"供应商{number}", UnitKind.VENDOR, root),
        name=f"供应商{number}有限公司",
        short_name=f"供应商{number}",
        credit_code=f"BENCH{number:013}",
        size_class=SizeClass.SMALL,
    )
    return Contract.objects.create(
        office=root,
        vendor=company,
        number=f"B-{number:03}",
        title=f"保洁合同 {number}",
        state="active",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        vendor_size_class=SizeClass.SMALL,
        buyer_size_class=SizeClass.LARGE,
    )


def _scheme() -> dict[str, object]:
    names = [f"b{n:02}" for n in range(INDICATORS)]
    rules = [{"type": "linear", "metric": f"inspections.pass_rate:{name}", "floor": "0.80", "target": "0.99"} for name in names]
    indicators = [
        {
            "key": name,
            "name": {"zh": name, "en": name},
            "weight": "5",
            "dimension": "quality",
            "minimum_sample": "1",
            "rule": rule,
        }
        for name, rule in zip(names, rules, strict=True)
    ]
    block = {"key": "all", "name": {"zh": "全部", "en": "All"}, "weight": "100", "indicators": indicators}
    return {
        "code": "BENCH",
        "name": {"zh": "基准", "en": "Benchmark"},
        "service_line": "cleaning",
        "cycle": "month",
        "source": "bench",
        "confidence": "C",
        "maximum": "100",
        "payment": "",
        "blocks": [block],
    }


def _results(world: World) -> None:
    random = Random(20261101)
    count = len(world.lines)
    chunk: list[CheckResult] = []
    for number in range(world.rows):
        turn, position = divmod(number, count)
        day = FIRST + timedelta(days=turn % DAYS)
        chunk.append(
            CheckResult(
                line=world.lines[position],
                item=world.items[(turn // DAYS + turn + position) % INDICATORS],
                day=day,
                at=datetime(day.year, day.month, day.day, 9, tzinfo=ZONE),
                verdict=0 if random.random() < FAILURES else 1,
            )
        )
        if len(chunk) == CHUNK:
            CheckResult.objects.bulk_create(chunk)
            chunk = []
    CheckResult.objects.bulk_create(chunk)
