"""The life of a personal credential: entered by the vendor, then verified or rejected by the property company."""

from duban.kernel.states import Move, StateTable, Tone
from duban.kernel.text import mark

CREDENTIAL_STATES = StateTable(
    name="worker_credential",
    labels={"entered": mark("Waits for verification"), "verified": mark("Verified"), "rejected": mark("Rejected")},
    tones={"entered": Tone.WAITING, "verified": Tone.GOOD, "rejected": Tone.BAD},
    initial="entered",
    moves=(
        Move("verify", mark("Verify"), frozenset({"entered", "rejected"}), "verified", "vendors.verify"),
        Move("reject", mark("Reject"), frozenset({"entered", "verified"}), "rejected", "vendors.verify", needs_note=True),
        Move("enter_again", mark("Enter again"), frozenset({"verified", "rejected"}), "entered", "vendors.workers"),
    ),
)
