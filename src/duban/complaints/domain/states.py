"""Lifecycle of a complaint."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

COMPLAINT_STATES = StateTable(
    name="complaint",
    labels={
        "received": mark("Received"),
        "routed": mark("Routed"),
        "replied": mark("Replied"),
        "closed": mark("Settled"),
        "reopened": mark("Reopened"),
    },
    tones={
        "received": Tone.WARNING,
        "routed": Tone.WAITING,
        "replied": Tone.WAITING,
        "closed": Tone.GOOD,
        "reopened": Tone.BAD,
    },
    initial="received",
    moves=(
        Move("route", mark("Dispatch"), frozenset({"received", "routed", "reopened"}), "routed", "complaints.edit"),
        Move(
            "reply",
            mark("Answer"),
            frozenset({"received", "routed", "reopened", "replied"}),
            "replied",
            "complaints.reply",
            needs_note=True,
        ),
        Move("close", mark("Close"), frozenset({"replied"}), "closed", "complaints.edit"),
        Move(
            "dismiss",
            mark("Close without reply"),
            frozenset({"received", "routed"}),
            "closed",
            "complaints.validate",
            needs_note=True,
        ),
        Move("reopen", mark("Reopen"), frozenset({"replied", "closed"}), "reopened", "complaints.edit", needs_note=True),
    ),
)
