"""The contracts of the demo company and their sixty lines."""

from datetime import date
from decimal import Decimal

from duban.contracts.models import Contract, ContractLine, FeeBasis, RenewalMode
from duban.platform.records import assign_codes
from duban.project.demo.agreements import AGREEMENTS, POST_PRICE, LinePlan, monthly_fee, post_count
from duban.project.demo.counting import COUNTED_LINE, price_list
from duban.project.demo.registers import World
from duban.project.demo.story import LATE_START, LATE_STARTER
from duban.standards.models import Standard

SERVICE_NAMES = {
    "cleaning": "保洁",
    "security": "秩序维护",
    "greening": "绿化养护",
    "maintenance": "设施设备维保",
    "customer_service": "客户服务",
}
TERMS = (
    (date(2025, 8, 1), date(2027, 7, 31)),
    (date(2025, 1, 1), date(2026, 12, 31)),
    (date(2025, 3, 1), date(2027, 2, 28)),
    (date(2025, 10, 1), date(2028, 9, 30)),
    (date(2025, 11, 1), date(2027, 10, 31)),
)
ENDING_SOON = (date(2025, 1, 1), date(2026, 12, 31))
CLEANING_RETENTION = Decimal("0.05")


def build_contracts(world: World, standards: dict[str, Standard]) -> list[ContractLine]:
    """Create every contract with its lines, in force; returns the lines in plan order."""
    lines: list[ContractLine] = []
    for index, (vendor, service, estates) in enumerate(AGREEMENTS):
        contract = _contract(world, index, vendor, service, estates)
        lines += [
            _line(world, contract, number, LinePlan(estate, service, vendor), standards[service])
            for number, estate in enumerate(estates, start=1)
        ]
    ContractLine.objects.bulk_create(lines)
    return lines


def _contract(world: World, index: int, vendor: str, service: str, estates: tuple[str, ...]) -> Contract:
    starts_on, ends_on = ENDING_SOON if vendor == "澄净清洁" else TERMS[index % len(TERMS)]
    company = world.vendors[vendor]
    contract = Contract(
        office=world.units[f"{world.estates[estates[0]].city}城市公司"],
        vendor=company,
        number=f"HY-{starts_on.year}-{service[:2].upper()}-{index + 1:03d}",
        title=f"{'、'.join(estates)}{SERVICE_NAMES[service]}服务合同",
        signed_on=starts_on.replace(day=1),
        starts_on=starts_on,
        ends_on=ends_on,
        renewal_mode=(RenewalMode.EXPRESS, RenewalMode.TACIT, RenewalMode.NONE)[index % 3],
        notice_days=90,
        vat_rate=Decimal("0.06"),
        retention_rate=CLEANING_RETENTION if service == "cleaning" else Decimal(0),
        appeal_working_days=3,
        vendor_size_class=company.size_class,
        buyer_size_class="large",
        state="active",
    )
    assign_codes([contract], on=starts_on)
    contract.save()
    return contract


def _line(world: World, contract: Contract, number: int, plan: LinePlan, standard: Standard) -> ContractLine:
    is_security = plan.service_line == "security"
    starts_on = LATE_START if (plan.estate, plan.service_line) == LATE_STARTER else contract.starts_on
    heads = post_count(plan.estate) if is_security else 1
    return ContractLine(
        contract=contract,
        number=number,
        estate=world.estates[plan.estate],
        service_line=plan.service_line,
        standard=standard,
        fee_basis=_fee_basis(plan),
        price_list=price_list() if (plan.estate, plan.service_line) == COUNTED_LINE else [],
        unit_price_amount=POST_PRICE if is_security else monthly_fee(plan),
        quantity=Decimal(heads),
        post_count=Decimal(heads if is_security else 0),
        starts_on=starts_on,
        ends_on=contract.ends_on,
    )


def _fee_basis(plan: LinePlan) -> FeeBasis:
    if (plan.estate, plan.service_line) == COUNTED_LINE:
        return FeeBasis.UNIT_PRICES
    return FeeBasis.PER_POST if plan.service_line == "security" else FeeBasis.LUMP_SUM
