"""Lifecycles of periods, scheme versions, cards, appeals and grades."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

PERIOD_STATES = StateTable(
    name="period",
    labels={"open": mark("Not closed yet"), "closed": mark("Period closed")},
    tones={"open": Tone.WAITING, "closed": Tone.GOOD},
    initial="open",
    moves=(Move("close", mark("Close the period"), frozenset({"open"}), "closed", "scorecards.close"),),
)

VERSION_STATES = StateTable(
    name="scheme version",
    labels={"draft": mark("Draft"), "published": mark("In force"), "retired": mark("Retired")},
    tones={"draft": Tone.NEUTRAL, "published": Tone.GOOD, "retired": Tone.NEUTRAL},
    initial="draft",
    moves=(
        Move("publish", mark("Put in force"), frozenset({"draft"}), "published", "scorecards.edit"),
        Move("retire", mark("Retire"), frozenset({"published"}), "retired", "scorecards.edit", needs_note=True),
    ),
)

CARD_STATES = StateTable(
    name="card",
    labels={
        "draft": mark("Draft"),
        "published": mark("Published, awaiting the vendor"),
        "confirmed": mark("Confirmed"),
        "appealed": mark("Under appeal"),
        "final": mark("Final"),
        "superseded": mark("Replaced by a revision"),
    },
    tones={
        "draft": Tone.NEUTRAL,
        "published": Tone.WAITING,
        "confirmed": Tone.GOOD,
        "appealed": Tone.WARNING,
        "final": Tone.GOOD,
        "superseded": Tone.NEUTRAL,
    },
    initial="draft",
    moves=(
        Move("publish", mark("Publish"), frozenset({"draft"}), "published", "scorecards.publish"),
        Move("withdraw", mark("Withdraw to draft"), frozenset({"published"}), "draft", "scorecards.publish", needs_note=True),
        Move("confirm", mark("Confirm"), frozenset({"published"}), "confirmed", "scorecards.confirm"),
        Move("lapse", mark("Confirm by silence"), frozenset({"published"}), "confirmed", None),
        Move("appeal", mark("Appeal"), frozenset({"published"}), "appealed", "scorecards.appeal"),
        Move("uphold", mark("Replace by a revision"), frozenset({"appealed"}), "superseded", "scorecards.decide_appeal"),
        Move("reject", mark("Keep as it is"), frozenset({"appealed"}), "final", "scorecards.decide_appeal"),
        Move("issue", mark("Issue the revision"), frozenset({"draft"}), "final", "scorecards.decide_appeal"),
        Move("finalise", mark("Finalise"), frozenset({"confirmed"}), "final", "scorecards.publish"),
    ),
)

APPEAL_STATES = StateTable(
    name="appeal",
    labels={
        "open": mark("Awaiting decision"),
        "upheld": mark("Upheld"),
        "rejected": mark("Rejected"),
        "withdrawn": mark("Withdrawn"),
    },
    tones={"open": Tone.WAITING, "upheld": Tone.GOOD, "rejected": Tone.BAD, "withdrawn": Tone.NEUTRAL},
    initial="open",
    moves=(
        Move("uphold", mark("Uphold"), frozenset({"open"}), "upheld", "scorecards.decide_appeal", needs_note=True),
        Move("reject", mark("Reject"), frozenset({"open"}), "rejected", "scorecards.decide_appeal", needs_note=True),
        Move("withdraw", mark("Withdraw"), frozenset({"open"}), "withdrawn", "scorecards.appeal"),
    ),
)

GRADE_STATES = StateTable(
    name="vendor grade",
    labels={"proposed": mark("Proposed"), "confirmed": mark("Confirmed"), "replaced": mark("Replaced")},
    tones={"proposed": Tone.WAITING, "confirmed": Tone.GOOD, "replaced": Tone.NEUTRAL},
    initial="proposed",
    moves=(
        Move("confirm", mark("Confirm the grade"), frozenset({"proposed"}), "confirmed", "scorecards.confirm_grade"),
        Move("replace", mark("Replace"), frozenset({"proposed", "confirmed"}), "replaced", None),
    ),
)
