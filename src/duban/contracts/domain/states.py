"""Lifecycle of a contract."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

CONTRACT_STATES = StateTable(
    name="contract",
    labels={
        "draft": mark("Draft"),
        "active": mark("In performance"),
        "suspended": mark("Suspended"),
        "expired": mark("Expired"),
        "terminated": mark("Terminated"),
    },
    tones={
        "draft": Tone.NEUTRAL,
        "active": Tone.GOOD,
        "suspended": Tone.WARNING,
        "expired": Tone.NEUTRAL,
        "terminated": Tone.BAD,
    },
    initial="draft",
    moves=(
        Move("activate", mark("Put into performance"), frozenset({"draft"}), "active", "contracts.activate"),
        Move("suspend", mark("Suspend"), frozenset({"active"}), "suspended", "contracts.activate", needs_note=True),
        Move("resume", mark("Resume"), frozenset({"suspended"}), "active", "contracts.activate", needs_note=True),
        Move("expire", mark("Expire"), frozenset({"active", "suspended"}), "expired", None),
        Move(
            "terminate",
            mark("Terminate"),
            frozenset({"active", "suspended"}),
            "terminated",
            "contracts.terminate",
            needs_note=True,
        ),
    ),
)
