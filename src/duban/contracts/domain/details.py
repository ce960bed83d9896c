"""What is said about a contract and its lines when they are entered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.contracts.domain.price_list import PriceItem
from duban.contracts.domain.terms import Term


@dataclass(frozen=True)
class ContractDetails:
    """All fields of a contract that a person enters. Rates are fractions (0.06 is 6 %), amounts in `currency`."""

    number: str
    title: str
    starts_on: date
    ends_on: date
    vendor_size_class: str
    buyer_size_class: str
    signed_on: date | None = None
    renewal_mode: str = "none"
    notice_days: int = 90
    currency: str = "CNY"
    vat_rate: Decimal = Decimal(0)
    is_vat_included: bool = True
    retention_rate: Decimal = Decimal(0)
    deduction_cap_rate: Decimal = Decimal("0.2")
    appeal_working_days: int = 3
    payment_days: int | None = None
    mobilisation_until: date | None = None

    @property
    def term(self) -> Term:
        """First to last day."""
        return Term(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class LineDetails:
    """All fields of a contract line that a person enters. Price per unit of the fee basis, without rounding."""

    service_line: str
    fee_basis: str
    unit_price_amount: Decimal
    starts_on: date
    ends_on: date
    quantity: Decimal = Decimal(1)
    post_count: Decimal = Decimal(0)
    special_works: tuple[str, ...] = ()
    price_list: tuple[PriceItem, ...] = ()

    @property
    def term(self) -> Term:
        """First to last day."""
        return Term(self.starts_on, self.ends_on)
