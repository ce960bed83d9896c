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
