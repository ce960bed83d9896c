"""The lifecycle of a record that is doubted."""

from collections.abc import Mapping

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark
from duban.kernel.trust import Decision

REVIEW_STATES = StateTable(
    name="trust_review",
    labels={
        "waiting": mark("To be looked at"),
        "accepted": mark("Counts"),
        "refused": mark("Does not count"),
        "set_aside": mark("Set aside by the plan"),
    },
    tones={
        "waiting": Tone.WAITING,
        "accepted": Tone.GOOD,
        "refused": Tone.BAD,
        "set_aside": Tone.NEUTRAL,
    },
    initial="waiting",
    moves=(
        Move(
            "accept",
            mark("Let it count"),
            frozenset({"waiting", "set_aside", "refused"}),
            "accepted",
            "platform.trust",
            needs_note=True,
        ),
        Move(
            "refuse",
            mark("Do not count it"),
            frozenset({"waiting", "set_aside", "accepted"}),
            "refused",
            "platform.trust",
            needs_note=True,
        ),
        Move("set_aside", mark("Below what the plan takes"), frozenset({"waiting"}), "set_aside", None),
        Move("doubt_again", mark("More speaks against it"), frozenset({"accepted"}), "waiting", None),
    ),
)

DECISIONS: Mapping[str, Decision] = {"accepted": Decision.ACCEPTED, "refused": Decision.REFUSED}
"""States in which a person has decided."""
