"""What goes into a statement and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duban.kernel.money import NOTHING
from duban.kernel.trace import Step
from duban.settlement.domain.facts import Fact
from duban.settlement.domain.fees import FeeSpan
from duban.settlement.domain.rates import Consequence
from duban.settlement.domain.terms import PaymentTerms
from duban.settlement.domain.trigger import TriggerState

Params = Mapping[str, object]


class LineKind(StrEnum):
    """What a statement line is about."""

    BASE_FEE = "base_fee"
    CHANGE_ORDER = "change_order"
    CHARGE = "charge"
    SCORE = "score"
    ABSORBED = "absorbed"
    ADJUSTMENT = "adjustment"
    CAP_RELIEF = "cap_relief"
    BONUS = "bonus"
    VAT = "vat"
    RETENTION = "retention"


FEES = frozenset({LineKind.BASE_FEE, LineKind.CHANGE_ORDER})
AFTER_NET = frozenset({LineKind.VAT, LineKind.RETENTION})


@dataclass(frozen=True)
class MonthFee:
    """What a line earned before deductions in an earlier month that its card judges too."""

    month: str
    amount: Decimal


@dataclass(frozen=True)
class LineInput:
    """One contract line in the period: its fee spans, its score and card, and the facts of the period.

    `score` is `None` without a card or without enough data. `weight` counts for the weighted aggregation.
    `terms` replaces the contract's score rule and money rules for this line. A card of a quarter pays the whole quarter:
    `earlier_fees` are then the fees of its months before this one, and `scored_with` names the quarter on the statements
    of the months that only lead up to it. `open_counts` says how many counted quantities of the period wait for one side;
    they are not among the spans.
    """

    line: str
    name: str
    spans: tuple[FeeSpan, ...]
    score: Decimal | None = None
    card: str = ""
    facts: tuple[Fact, ...] = ()
    weight: Decimal = Decimal(1)
    hourly_price: Decimal | None = None
    terms: PaymentTerms | None = None
    prior_counts: Mapping[str, int] = field(default_factory=dict)
    earlier_fees: tuple[MonthFee, ...] = ()
    scored_with: str = ""
    open_counts: int = 0


@dataclass(frozen=True)
class ExtraInput:
    """A change order: a monthly amount from a day on, or a lump amount when `is_monthly` is false."""

    code: str
    name: str
    amount: Decimal
    is_monthly: bool = True
    from_on: date | None = None
    until_on: date | None = None
    clause: str = ""


@dataclass(frozen=True)
class AdjustmentInput:
    """Something a person decided with a reason: positive adds, negative deducts (and counts for the cap)."""

    code: str
    name: str
    amount: Decimal
    clause: str = ""


@dataclass(frozen=True)
class StatementInputs:
    """Everything one statement is computed from. `scores` is the contract's history, oldest first, this period last.

    `disputed` are ids of lines under appeal; `withdrawn` are ids of deductions taken back after an appeal.
    """

    lines: tuple[LineInput, ...]
    extras: tuple[ExtraInput, ...] = ()
    adjustments: tuple[AdjustmentInput, ...] = ()
    term_start: date | None = None
    scores: tuple[tuple[str, Decimal | None], ...] = ()
    disputed: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FigureLine:
    """One line of the statement. `amount` is signed: what it adds to the payable.

    `label`, `evidence` and `rule` (the formula) are English source texts with named placeholders; a value of `params` may
    be a mapping of language to text. `facts` are the refs the line rests on; on an absorbed line they were charged elsewhere.
    `earlier_amount` are fees of earlier months that the line is computed over; the cap grows with them.
    """

    line_id: str
    kind: LineKind
    label: str
    amount: Decimal
    clause: str = ""
    evidence: str = ""
    params: Params = field(default_factory=dict)
    contract_line: str = ""
    card: str = ""
    quantity: Decimal | None = None
    facts: tuple[str, ...] = ()
    is_capped: bool = True
    rule: str = ""
    earlier_amount: Decimal = NOTHING


@dataclass(frozen=True)
class CliffNote:
    """So near is the line to another band, and this much would it change (negative costs the vendor)."""

    contract_line: str
    is_below: bool
    edge: Decimal
    distance: Decimal
    effect_amount: Decimal


@dataclass(frozen=True)
class Flag:
    """Something a person must look at; never acted on by itself."""

    code: str
    message: str
    params: Params = field(default_factory=dict)
    consequence: Consequence = Consequence.NOTHING


@dataclass(frozen=True)
class Totals:
    """The sums of a statement; every one in fen. `deduction_amount` is positive and after the cap."""

    fee_amount: Decimal = NOTHING
    deduction_amount: Decimal = NOTHING
    bonus_amount: Decimal = NOTHING
    net_amount: Decimal = NOTHING
    vat_amount: Decimal = NOTHING
    retention_amount: Decimal = NOTHING
    payable_amount: Decimal = NOTHING


@dataclass(frozen=True)
class StatementResult:
    """A computed statement: the payable equals the sum of the lines to the fen.

    `undisputed_amount` can be paid at once, whatever the appeals bring; `disputed_amount` is the sum of the disputed
    lines as they stand; `disputed_net_amount` is what more would be paid if every appeal were upheld.
    """

    lines: tuple[FigureLine, ...]
    totals: Totals
    cap_limit_amount: Decimal
    capped_amount: Decimal
    is_cap_reached: bool
    undisputed_amount: Decimal
    disputed_amount: Decimal
    disputed_net_amount: Decimal
    cliffs: tuple[CliffNote, ...]
    flags: tuple[Flag, ...]
    trigger: TriggerState | None
    trace: tuple[Step, ...]
