"""Contracts and lines, all inside one tenant unless told otherwise."""

from datetime import date
from decimal import Decimal

import factory

from duban.contracts.models import Contract, ContractLine, FeeBasis
from duban.vendors.models import SizeClass
from tests.factories.estates import EstateFactory
from tests.factories.orgs import UnitFactory
from tests.factories.vendors import CompanyFactory


class ContractFactory(factory.django.DjangoModelFactory[Contract]):
    """A contract in performance from 2026-01-01 to 2026-12-31."""

    class Meta:
        model = Contract

    office = factory.SubFactory(UnitFactory)
    vendor = factory.LazyAttribute(lambda contract: CompanyFactory(tenant=_root(contract.office)))
    number = factory.Sequence(lambda number: f"HT-{number:04d}")
    title = factory.Sequence(lambda number: f"保洁服务合同{number}")
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    vendor_size_class = SizeClass.SMALL
    buyer_size_class = SizeClass.LARGE
    state = "active"


class ContractLineFactory(factory.django.DjangoModelFactory[ContractLine]):
    """A cleaning line for the whole term at 10,000 a month."""

    class Meta:
        model = ContractLine

    contract = factory.SubFactory(ContractFactory)
    number = factory.LazyAttribute(lambda line: line.contract.lines.count() + 1)
    estate = factory.LazyAttribute(lambda line: EstateFactory(office=line.contract.office))
    service_line = "cleaning"
    fee_basis = FeeBasis.LUMP_SUM
    unit_price_amount = Decimal("10000.0000")
    quantity = Decimal(1)
    starts_on = factory.LazyAttribute(lambda line: line.contract.starts_on)
    ends_on = factory.LazyAttribute(lambda line: line.contract.ends_on)


def _root(unit):  # type: ignore[no-untyped-def]  # a unit or its stub while factory-boy builds
    while unit.parent is not None:
        unit = unit.parent
    return unit
