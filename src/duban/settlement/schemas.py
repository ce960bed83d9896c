"""Shapes of settlement in the API."""

from datetime import date
from decimal import Decimal

from ninja import Field, Schema


class StatementLineOut(Schema):
    """One line of a statement; `amount` is signed and adds to the payable."""

    position: int
    key: str
    kind: str
    label: str
    clause: str
    evidence: str
    amount: Decimal
    vendor_state: str
    card: str
    facts: list[str]


class StatementOut(Schema):
    """One statement as it stands."""

    code: str
    contract: str
    vendor: str
    period: str
    revision: int
    state: str
    currency: str
    fee_amount: Decimal
    deduction_amount: Decimal
    bonus_amount: Decimal
    net_amount: Decimal
    vat_amount: Decimal
    retention_amount: Decimal
    payable_amount: Decimal
    disputed_amount: Decimal
    disputed_net_amount: Decimal
    paid_amount: Decimal
    is_cap_reached: bool
    answer_until: date | None
    confirmed_on: date | None
    due_on: date | None


class StatementDetailOut(StatementOut):
    """A statement with its lines."""

    lines: list[StatementLineOut]


class BuildIn(Schema):
    """Which month to compute."""

    period: str = Field(max_length=8, examples=["2026-10"])


class BuildOut(Schema):
    """What a build did, as codes."""

    created: list[str]
    redrafted: list[str]
    revised: list[str]
    unchanged: list[str]
    frozen: list[str]
    without_terms: list[str]


class LineAppealIn(Schema):
    """Why a line is wrong."""

    reason: str = Field(min_length=1, max_length=2000)


class LineAppealOut(Schema):
    """An appeal as it stands."""

    code: str
    line: int
    reason: str
    is_upheld: bool | None
    decision_note: str


class LineDecisionIn(Schema):
    """Uphold or reject, with the reason both sides read."""

    is_upheld: bool
    note: str = Field(min_length=1, max_length=2000)


class PaymentIn(Schema):
    """A payment that was made."""

    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    paid_on: date
    reference: str = Field("", max_length=80)


class TermsOut(Schema):
    """One version of payment terms with its definition."""

    code: str
    key: str
    number: int
    name: str
    source: str
    confidence: str
    digest: str
    definition: dict[str, object]


class CountPaging(Schema):
    """Which counted work: of one month or of all, after a code, so many rows."""

    period: str = Field("", max_length=8)
    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class CountIn(Schema):
    """How much of one kind of work a contract line got in a month; `name` as in its price list, empty for its own price."""

    contract: str = Field(max_length=24)
    line: int = Field(ge=1, le=9999)
    period: str = Field(max_length=8, examples=["2026-10"])
    name: str = Field("", max_length=80)
    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    note: str = Field("", max_length=200)


class QuantityIn(Schema):
    """Another quantity, and why."""

    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    note: str = Field("", max_length=200)


class CountDisputeIn(Schema):
    """Why the other side does not agree."""

    reason: str = Field(min_length=1, max_length=2000)


class CountOut(Schema):
    """Counted work as it stands; it is paid once `state` is `confirmed`."""

    code: str
    contract: str
    line: int
    period: str
    name: str
    unit: str
    price: Decimal
    quantity: Decimal
    amount: Decimal
    state: str
    is_by_vendor: bool
    note: str
    answer: str
