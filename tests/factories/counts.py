"""Contract lines that are paid by count, and quantities on them."""

from decimal import Decimal

from duban.contracts.models import Contract, ContractLine
from duban.kernel.period import Period
from duban.orgs.selectors import actor_for_person
from duban.settlement.models import WorkCount
from duban.settlement.services.counting import count_enter
from tests.cast import Tenant
from tests.factories.settlement import OCTOBER, make_contract

PRICES = [{"name": "绿篱修剪", "unit": "m²", "price": "3.50"}, {"name": "乔木修剪", "unit": "株", "price": "120"}]


def make_counted_contract(tenant: Tenant, basis: str = "unit_prices", **values: object) -> Contract:
    """A contract whose first line is paid by unit prices (or by visit at 800); the second stays a lump sum."""
    contract = make_contract(tenant, **values)
    contract.lines.filter(number=1).update(fee_basis=basis, unit_price_amount=800, price_list=PRICES)
    return contract


def make_count(
    line: ContractLine,
    tenant: Tenant,
    *,
    role: str = "estate_manager",
    name: str = "绿篱修剪",
    quantity: str = "120",
    period: Period = OCTOBER,
) -> WorkCount:
    """A quantity entered by somebody of the tenant."""
    actor = actor_for_person(tenant.person(role))
    return count_enter(actor=actor, line=line, name=name, period=period, quantity=Decimal(quantity))
