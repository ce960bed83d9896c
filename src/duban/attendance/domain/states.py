"""The four states of a slot (T17) and the moves of those that a person has to decide."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

SLOT_STATES = StateTable(
    name="slot",
    labels={
        "review": mark("To be reviewed"),
        "present": mark("Manned"),
        "vacant": mark("Vacant"),
        "off": mark("Off"),
    },
    tones={"review": Tone.WARNING, "present": Tone.GOOD, "vacant": Tone.BAD, "off": Tone.NEUTRAL},
    initial="review",
    moves=(
        Move("accept", mark("Count as manned"), frozenset({"review", "vacant"}), "present", "attendance.edit", needs_note=True),
        Move("reject", mark("Count as vacant"), frozenset({"review", "present"}), "vacant", "attendance.edit", needs_note=True),
        Move(
            "excuse",
            mark("Count as off"),
            frozenset({"review", "vacant", "present"}),
            "off",
            "attendance.edit",
            needs_note=True,
        ),
        Move(
            "question",
            mark("Review again"),
            frozenset({"present", "vacant", "off"}),
            "review",
            "attendance.edit",
            needs_note=True,
        ),
    ),
)

ROSTER_STATES = StateTable(
    name="roster",
    labels={"draft": mark("Draft"), "published": mark("Published")},
    tones={"draft": Tone.WAITING, "published": Tone.GOOD},
    initial="draft",
    moves=(
        Move("publish", mark("Publish"), frozenset({"draft"}), "published", "attendance.roster"),
        Move("reopen", mark("Change again"), frozenset({"published"}), "draft", "attendance.roster"),
    ),
)

SWAP_STATES = StateTable(
    name="swap",
    labels={
        "proposed": mark("Waits for consent"),
        "accepted": mark("Accepted"),
        "declined": mark("Declined"),
    },
    tones={"proposed": Tone.WAITING, "accepted": Tone.GOOD, "declined": Tone.NEUTRAL},
    initial="proposed",
    moves=(
        Move("accept", mark("Accept"), frozenset({"proposed"}), "accepted", "attendance.roster"),
        Move("decline", mark("Decline"), frozenset({"proposed"}), "declined", "attendance.roster"),
    ),
)

LEDGER_STATES = StateTable(
    name="ledger_finding",
    labels={"open": mark("To be looked into"), "upheld": mark("Confirmed as found"), "dismissed": mark("Taken as explained")},
    tones={"open": Tone.WARNING, "upheld": Tone.BAD, "dismissed": Tone.NEUTRAL},
    initial="open",
    moves=(
        Move("uphold", mark("Confirm the exception"), frozenset({"open"}), "upheld", "attendance.edit", needs_note=True),
        Move("dismiss", mark("Take as explained"), frozenset({"open"}), "dismissed", "attendance.edit", needs_note=True),
        Move("reopen", mark("Look again"), frozenset({"upheld", "dismissed"}), "open", "attendance.edit", needs_note=True),
    ),
)
