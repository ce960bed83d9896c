"""Lifecycles of a statement, of its lines in the vendor's eyes, and of an appeal."""

from enum import StrEnum

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark


class StatementState(StrEnum):
    """Where a statement stands."""

    DRAFT = "draft"
    SENT = "sent"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    FINAL = "final"
    PAID = "paid"
    REPLACED = "replaced"


class VendorState(StrEnum):
    """What the vendor says to one line."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    APPEALED = "appealed"
    UPHELD = "upheld"
    REJECTED = "rejected"


VENDOR_STATE_LABELS = {
    VendorState.OPEN: mark("Open"),
    VendorState.CONFIRMED: mark("Confirmed"),
    VendorState.APPEALED: mark("Under appeal"),
    VendorState.UPHELD: mark("Appeal upheld"),
    VendorState.REJECTED: mark("Appeal rejected"),
}
VENDOR_STATE_TONES = {
    VendorState.OPEN: Tone.NEUTRAL,
    VendorState.CONFIRMED: Tone.GOOD,
    VendorState.APPEALED: Tone.WARNING,
    VendorState.UPHELD: Tone.GOOD,
    VendorState.REJECTED: Tone.BAD,
}


class CountState(StrEnum):
    """Where a counted quantity stands between the two sides."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


COUNT_STATES = StateTable(
    name="work_count",
    labels={
        CountState.ENTERED: mark("Waits for the other side"),
        CountState.CONFIRMED: mark("Confirmed by both sides"),
        CountState.DISPUTED: mark("Disputed"),
        CountState.WITHDRAWN: mark("Withdrawn"),
    },
    tones={
        CountState.ENTERED: Tone.WAITING,
        CountState.CONFIRMED: Tone.GOOD,
        CountState.DISPUTED: Tone.WARNING,
        CountState.WITHDRAWN: Tone.NEUTRAL,
    },
    initial=CountState.ENTERED,
    moves=(
        Move("confirm", mark("Confirm"), frozenset({"entered", "disputed"}), "confirmed", "settlement.count"),
        Move("dispute", mark("Dispute"), frozenset({"entered"}), "disputed", "settlement.count", needs_note=True),
        Move("correct", mark("Correct"), frozenset({"entered", "disputed"}), "entered", "settlement.count"),
        Move("withdraw", mark("Withdraw"), frozenset({"entered", "disputed"}), "withdrawn", "settlement.count"),
    ),
)

STATEMENT_STATES = StateTable(
    name="statement",
    labels={
        StatementState.DRAFT: mark("Draft"),
        StatementState.SENT: mark("Sent to vendor"),
        StatementState.DISPUTED: mark("Partly disputed"),
        StatementState.CONFIRMED: mark("Confirmed"),
        StatementState.FINAL: mark("Final"),
        StatementState.PAID: mark("Paid"),
        StatementState.REPLACED: mark("Replaced by a revision"),
    },
    tones={
        StatementState.DRAFT: Tone.NEUTRAL,
        StatementState.SENT: Tone.WAITING,
        StatementState.DISPUTED: Tone.WARNING,
        StatementState.CONFIRMED: Tone.GOOD,
        StatementState.FINAL: Tone.GOOD,
        StatementState.PAID: Tone.GOOD,
        StatementState.REPLACED: Tone.NEUTRAL,
    },
    initial=StatementState.DRAFT,
    moves=(
        Move("send", mark("Send to vendor"), frozenset({"draft"}), "sent", "settlement.send"),
        Move("confirm", mark("Confirm"), frozenset({"sent"}), "confirmed", "settlement.confirm"),
        Move("lapse", mark("Confirmed by silence"), frozenset({"sent"}), "confirmed", None),
        Move("dispute", mark("Appeal"), frozenset({"sent"}), "disputed", "settlement.appeal"),
        Move("settle", mark("Close the dispute"), frozenset({"disputed"}), "confirmed", "settlement.decide_appeal"),
        Move("supersede", mark("Replace after an appeal"), frozenset({"disputed"}), "replaced", "settlement.decide_appeal"),
        Move("adopt", mark("Adopt after an appeal"), frozenset({"draft"}), "confirmed", "settlement.decide_appeal"),
        Move(
            "replace",
            mark("Replace by a revision"),
            frozenset({"sent", "disputed", "confirmed"}),
            "replaced",
            "settlement.edit",
        ),
        Move("finalise", mark("Finalise"), frozenset({"confirmed"}), "final", "settlement.finalise"),
        Move("close", mark("Paid in full"), frozenset({"final"}), "paid", "settlement.pay"),
    ),
)
