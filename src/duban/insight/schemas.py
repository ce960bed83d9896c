"""What the cockpit tells other systems."""

from decimal import Decimal

from ninja import Schema


class MovementOut(Schema):
    """A line that moved against its own past."""

    name: str
    score: Decimal
    change: Decimal | None
    reasons: str


class CockpitOut(Schema):
    """Figures of one month over everything the caller sees. Shares are fractions, amounts CNY."""

    month: str
    score: Decimal | None
    score_change: Decimal | None
    line_count: int
    unscored_count: int
    fee_amount: Decimal
    payable_amount: Decimal
    deducted_amount: Decimal
    unsettled_findings: int
    overdue_findings: int
    presence: Decimal | None
    ending_contracts: int
    ending_certificates: int
    movements: list[MovementOut]


class StationOut(Schema):
    """One station of the chain bar."""

    key: str
    label: str
    detail: str
    url: str
