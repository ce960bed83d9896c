"""Lifecycle of a finding."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

FINDING_STATES = StateTable(
    name="finding",
    labels={
        "open": mark("To be rectified"),
        "rectified": mark("Rectified, to be re-checked"),
        "closed": mark("Re-checked and closed"),
        "reopened": mark("Reopened"),
        "withdrawn": mark("Cancelled"),
    },
    tones={
        "open": Tone.WARNING,
        "rectified": Tone.WAITING,
        "closed": Tone.GOOD,
        "reopened": Tone.BAD,
        "withdrawn": Tone.NEUTRAL,
    },
    initial="open",
    moves=(
        Move(
            "rectify",
            mark("Report as rectified"),
            frozenset({"open", "reopened"}),
            "rectified",
            "inspections.rectify",
            needs_note=True,
        ),
        Move("close", mark("Re-checked, close"), frozenset({"rectified"}), "closed", "inspections.edit"),
        Move("reopen", mark("Reopen"), frozenset({"rectified", "closed"}), "reopened", "inspections.edit", needs_note=True),
        Move(
            "withdraw",
            mark("Cancel the finding"),
            frozenset({"open", "rectified", "reopened", "closed"}),
            "withdrawn",
            "inspections.edit",
            needs_note=True,
        ),
        Move("restore", mark("Take up again"), frozenset({"withdrawn"}), "open", "inspections.edit", needs_note=True),
    ),
)

UNSETTLED = frozenset({"open", "reopened"})
"""States in which the vendor owes work."""
