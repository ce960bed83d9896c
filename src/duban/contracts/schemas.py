"""What the API says and takes about contracts and their lines."""

from datetime import date
from decimal import Decimal

from ninja import Field, Schema

from duban.contracts.domain.details import ContractDetails, LineDetails
from duban.contracts.domain.price_list import LARGEST_PRICE, LONGEST_NAME, LONGEST_UNIT, MOST_ITEMS, PriceItem
from duban.contracts.models import FeeBasis, RenewalMode
from duban.vendors.models import SizeClass


class Page(Schema):
    """Which page of a list is asked for: what follows a code, and how many rows."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class ContractOut(Schema):
    """A contract. Rates are fractions (0.06 is 6 %)."""

    code: str
    number: str
    title: str
    office: str = Field(alias="office.code")
    vendor: str = Field(alias="vendor.code")
    state: str
    signed_on: date | None
    starts_on: date
    ends_on: date
    terminated_on: date | None
    notice_on: date
    renewal_mode: str
    currency: str
    vat_rate: Decimal
    is_vat_included: bool
    retention_rate: Decimal
    deduction_cap_rate: Decimal
    appeal_working_days: int
    payment_days: int | None
    vendor_size_class: str
    buyer_size_class: str


class LineOut(Schema):
    """A line of a contract. The monthly amount is missing where the quantity is counted each month."""

    contract: str = Field(alias="contract.code")
    number: int
    estate: str = Field(alias="estate.code")
    service_line: str
    special_works: list[str]
    price_list: list[dict[str, str]]
    fee_basis: str
    unit_price_amount: Decimal
    quantity: Decimal
    monthly_amount: Decimal | None
    starts_on: date
    ends_on: date


class ContractIn(Schema):
    """A contract that is drawn up, with the codes of office and vendor."""

    office: str = Field(max_length=24)
    vendor: str = Field(max_length=24)
    number: str = Field(min_length=1, max_length=60)
    title: str = Field(min_length=1, max_length=120)
    starts_on: date
    ends_on: date
    vendor_size_class: SizeClass
    buyer_size_class: SizeClass
    signed_on: date | None = None
    renewal_mode: RenewalMode = RenewalMode.NONE
    notice_days: int = Field(90, ge=0, le=730)
    currency: str = Field("CNY", min_length=3, max_length=3)
    vat_rate: Decimal = Field(Decimal(0), ge=0, le=1, max_digits=5, decimal_places=4)
    is_vat_included: bool = True
    retention_rate: Decimal = Field(Decimal(0), ge=0, le=1, max_digits=5, decimal_places=4)
    deduction_cap_rate: Decimal = Field(Decimal("0.2"), ge=0, le=1, max_digits=5, decimal_places=4)
    appeal_working_days: int = Field(3, ge=0, le=60)
    payment_days: int | None = Field(None, ge=0, le=365)
    mobilisation_until: date | None = None

    def details(self) -> ContractDetails:
        """As the service takes it."""
        return ContractDetails(**{name: getattr(self, name) for name in ContractDetails.__dataclass_fields__})


class PriceItemIO(Schema):
    """One agreed unit price."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    unit: str = Field(min_length=1, max_length=LONGEST_UNIT)
    price: Decimal = Field(ge=0, le=LARGEST_PRICE, max_digits=14, decimal_places=4)


class LineIn(Schema):
    """A line that is added to a draft, with the codes of estate and standard."""

    estate: str = Field(max_length=24)
    standard: str = Field("", max_length=24)
    service_line: str = Field(max_length=24)
    fee_basis: FeeBasis
    unit_price_amount: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    starts_on: date
    ends_on: date
    quantity: Decimal = Field(Decimal(1), ge=0, max_digits=14, decimal_places=4)
    post_count: Decimal = Field(Decimal(0), ge=0, max_digits=6, decimal_places=1)
    special_works: list[str] = Field(default_factory=list, max_length=10)
    price_list: list[PriceItemIO] = Field(default_factory=list, max_length=MOST_ITEMS)

    def details(self) -> LineDetails:
        """As the service takes it."""
        fields = {name: getattr(self, name) for name in LineDetails.__dataclass_fields__}
        prices = tuple(PriceItem(**item.dict()) for item in self.price_list)
        return LineDetails(**{**fields, "special_works": tuple(self.special_works), "price_list": prices})


class ContractNoteIn(Schema):
    """A reason."""

    note: str = Field("", max_length=2000)


class TerminationIn(Schema):
    """The last day of performance, and why."""

    on: date
    note: str = Field(min_length=1, max_length=2000)
