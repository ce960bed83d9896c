"""What the cockpit page is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class CardRow:
    """One current card as the cockpit needs it; `fee` is the monthly base fee in CNY."""

    card_id: int
    code: str
    period_start: str
    line_id: int
    estate_id: int
    estate: str
    service_line: str
    vendor: str
    score: Decimal | None
    fee: Decimal


@dataclass(frozen=True)
class Months:
    """Ended months, newest first; the newest closed one (or an empty text); those that wait to be closed, oldest first."""

    keys: Sequence[str]
    newest_closed: str
    to_close: Sequence[str]


@dataclass(frozen=True)
class Slip:
    """A line that moved, with its main reasons in words."""

    name: str
    url: str
    score: Decimal
    change: Decimal | None
    reasons: str


@dataclass(frozen=True)
class Waiting:
    """Work that waits for this person: what, how many, where to do it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class MoneyTotals:
    """Sums over the statements of one month, in CNY: base fees, what is payable, what was deducted (positive)."""

    fee: Decimal
    payable: Decimal
    deducted: Decimal

    @property
    def payable_share(self) -> Decimal | None:
        """Payable as a fraction of the base fees."""
        return self.payable / self.fee if self.fee else None

    @property
    def deducted_share(self) -> Decimal | None:
        """Deductions as a fraction of the base fees."""
        return self.deducted / self.fee if self.fee else None


@dataclass(frozen=True)
class FindingTotals:
    """Findings that are not closed: all of them, and those past their due day."""

    unsettled: int
    overdue: int


@dataclass(frozen=True)
class ExpiryTotals:
    """What ends within the look-ahead: contracts, those past their notice day, certificates."""

    contracts: int
    past_notice: int
    certificates: int


@dataclass(frozen=True)
class CockpitFigures:
    """Everything above the fold, as plain figures."""

    score: Decimal | None
    score_change: Decimal | None
    line_count: int
    unscored_count: int
    money: MoneyTotals
    findings: FindingTotals
    presence: Decimal | None
    expiry: ExpiryTotals
    slips: Sequence[Slip]
