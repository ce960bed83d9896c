"""Lifecycle of one version of a standard."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

STANDARD_STATES = StateTable(
    name="standard",
    labels={
        "draft": mark("Draft"),
        "in_force": mark("In force"),
        "superseded": mark("Superseded"),
        "withdrawn": mark("Withdrawn"),
    },
    tones={"draft": Tone.NEUTRAL, "in_force": Tone.GOOD, "superseded": Tone.NEUTRAL, "withdrawn": Tone.BAD},
    initial="draft",
    moves=(
        Move("enact", mark("Put in force"), frozenset({"draft"}), "in_force", "standards.enact"),
        Move("supersede", mark("Supersede"), frozenset({"in_force"}), "superseded", "standards.enact"),
        Move("withdraw", mark("Withdraw"), frozenset({"draft", "in_force"}), "withdrawn", "standards.enact", needs_note=True),
    ),
)
