"""Lifecycles of plans and tasks, of a finding, of the notice that asks to put it right, of praise, and of audits."""

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

NOTICE_STATES = StateTable(
    name="rectification_notice",
    labels={
        "draft": mark("Draft"),
        "sent": mark("Sent, to be answered"),
        "answered": mark("Answered, to be re-checked"),
        "settled": mark("Put right and closed"),
        "withdrawn": mark("Cancelled"),
    },
    tones={
        "draft": Tone.NEUTRAL,
        "sent": Tone.WARNING,
        "answered": Tone.WAITING,
        "settled": Tone.GOOD,
        "withdrawn": Tone.NEUTRAL,
    },
    initial="draft",
    moves=(
        Move("send", mark("Send to the vendor"), frozenset({"draft"}), "sent", "inspections.edit"),
        Move("answer", mark("All findings answered"), frozenset({"sent"}), "answered", None),
        Move("ask_again", mark("A finding was reopened"), frozenset({"answered", "settled"}), "sent", None),
        Move("settle", mark("All findings closed"), frozenset({"sent", "answered"}), "settled", None),
        Move(
            "withdraw",
            mark("Cancel the notice"),
            frozenset({"draft", "sent", "answered"}),
            "withdrawn",
            "inspections.edit",
            needs_note=True,
        ),
    ),
)

PRAISE_STATES = StateTable(
    name="praise",
    labels={"given": mark("Given"), "taken_back": mark("Taken back")},
    tones={"given": Tone.GOOD, "taken_back": Tone.NEUTRAL},
    initial="given",
    moves=(Move("take_back", mark("Take back"), frozenset({"given"}), "taken_back", "inspections.edit", needs_note=True),),
)

REINSPECTION_STATES = StateTable(
    name="reinspection",
    labels={"open": mark("To be checked again"), "done": mark("Checked twice"), "cancelled": mark("Called off")},
    tones={"open": Tone.WAITING, "done": Tone.GOOD, "cancelled": Tone.NEUTRAL},
    initial="open",
    moves=(
        Move("finish", mark("Hand in"), frozenset({"open"}), "done", "inspections.edit"),
        Move("cancel", mark("Call off"), frozenset({"open"}), "cancelled", "inspections.calibrate", needs_note=True),
    ),
)

PLAN_STATES = StateTable(
    name="plan",
    labels={"active": mark("In use"), "paused": mark("Paused"), "retired": mark("Retired")},
    tones={"active": Tone.GOOD, "paused": Tone.WARNING, "retired": Tone.NEUTRAL},
    initial="active",
    moves=(
        Move("pause", mark("Pause"), frozenset({"active"}), "paused", "inspections.plan", needs_note=True),
        Move("resume", mark("Take up again"), frozenset({"paused"}), "active", "inspections.plan"),
        Move(
            "retire", mark("Retire the plan"), frozenset({"active", "paused"}), "retired", "inspections.plan", needs_note=True
        ),
    ),
)

TASK_STATES = StateTable(
    name="task",
    labels={
        "planned": mark("Planned"),
        "started": mark("Under way"),
        "done": mark("Done"),
        "missed": mark("Not inspected"),
        "cancelled": mark("Called off"),
    },
    tones={
        "planned": Tone.NEUTRAL,
        "started": Tone.WAITING,
        "done": Tone.GOOD,
        "missed": Tone.BAD,
        "cancelled": Tone.NEUTRAL,
    },
    initial="planned",
    moves=(
        Move("start", mark("Start"), frozenset({"planned", "missed"}), "started", "inspections.edit"),
        Move("finish", mark("Finish"), frozenset({"planned", "started", "missed"}), "done", "inspections.edit"),
        Move("miss", mark("Not inspected in time"), frozenset({"planned", "started"}), "missed", None),
        Move("cancel", mark("Call off"), frozenset({"planned", "started"}), "cancelled", "inspections.plan", needs_note=True),
    ),
)

RUNNING = frozenset({"planned", "started"})
"""States in which a task still waits for somebody."""

AUDIT_STATES = StateTable(
    name="audit",
    labels={
        "planned": mark("Planned"),
        "under_way": mark("Being carried out"),
        "reporting": mark("Report being written"),
        "issued": mark("Report issued, follow-up"),
        "closed": mark("Followed up and closed"),
        "cancelled": mark("Called off"),
    },
    tones={
        "planned": Tone.NEUTRAL,
        "under_way": Tone.WAITING,
        "reporting": Tone.WAITING,
        "issued": Tone.WARNING,
        "closed": Tone.GOOD,
        "cancelled": Tone.NEUTRAL,
    },
    initial="planned",
    moves=(
        Move("begin", mark("Opening meeting held"), frozenset({"planned"}), "under_way", None),
        Move("conclude", mark("Closing meeting held"), frozenset({"under_way"}), "reporting", None),
        Move("issue", mark("Issue the report"), frozenset({"reporting"}), "issued", "inspections.audit"),
        Move("close", mark("Close the audit"), frozenset({"issued"}), "closed", "inspections.audit"),
        Move("take_up", mark("A finding was taken up again"), frozenset({"closed"}), "issued", None),
        Move(
            "cancel",
            mark("Call off"),
            frozenset({"planned", "under_way", "reporting"}),
            "cancelled",
            "inspections.audit",
            needs_note=True,
        ),
    ),
)

AUDIT_FINDING_STATES = StateTable(
    name="audit_finding",
    labels={
        "draft": mark("Draft"),
        "noted": mark("For information"),
        "open": mark("To be answered"),
        "answered": mark("Answered, plan to be judged"),
        "accepted": mark("Plan accepted, being carried out"),
        "done": mark("Reported as done, effect to be verified"),
        "effective": mark("Verified effective"),
        "withdrawn": mark("Cancelled"),
    },
    tones={
        "draft": Tone.NEUTRAL,
        "noted": Tone.NEUTRAL,
        "open": Tone.WARNING,
        "answered": Tone.WAITING,
        "accepted": Tone.WAITING,
        "done": Tone.WAITING,
        "effective": Tone.GOOD,
        "withdrawn": Tone.NEUTRAL,
    },
    initial="draft",
    moves=(
        Move("note", mark("Issued for information"), frozenset({"draft"}), "noted", None),
        Move("ask", mark("Issued to be answered"), frozenset({"draft"}), "open", None),
        Move("answer", mark("Answer"), frozenset({"open"}), "answered", "inspections.rectify"),
        Move("accept", mark("Accept the plan"), frozenset({"answered"}), "accepted", "inspections.audit"),
        Move("send_back", mark("Send back"), frozenset({"answered"}), "open", "inspections.audit", needs_note=True),
        Move("complete", mark("Report as done"), frozenset({"accepted"}), "done", "inspections.rectify", needs_note=True),
        Move("verify", mark("Verified effective"), frozenset({"done"}), "effective", "inspections.audit", needs_note=True),
        Move("not_effective", mark("Not effective"), frozenset({"done"}), "open", "inspections.audit", needs_note=True),
        Move("reopen", mark("Reopen"), frozenset({"effective"}), "open", "inspections.audit", needs_note=True),
        Move(
            "withdraw",
            mark("Cancel the finding"),
            frozenset({"draft", "open", "answered", "accepted", "done"}),
            "withdrawn",
            "inspections.audit",
            needs_note=True,
        ),
    ),
)
