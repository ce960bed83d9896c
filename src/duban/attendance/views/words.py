"""What the pages say about slots, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.attendance.domain.slots import SlotState, masked
from duban.attendance.domain.states import SLOT_STATES
from duban.attendance.models import Slot
from duban.attendance.permissions import can_decide
from duban.attendance.selectors import CoverageRow
from duban.attendance.tables import SLOTS, ground_words, shift_words
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.kernel.trace import Step
from duban.platform.ui import formatting
from duban.platform.ui.charts import CoverageCell, CoverageGrid
from duban.platform.ui.components import Action, Badge, Fact, Link, actions_of, badge_of

CELL_STATES = {
    SlotState.PRESENT: "present",
    SlotState.VACANT: "absent",
    SlotState.REVIEW: "review",
    SlotState.OFF: "rest",
}


@dataclass(frozen=True)
class Tile:
    """A figure of the month."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class DecisionStep:
    """One rule that was tried, and whether it decided."""

    label: str
    rule: str
    badge: Badge


def coverage_chart(rows: tuple[CoverageRow, ...], month: Period) -> CoverageGrid:
    """The grid of posts and days; each cell opens its slot."""
    columns = tuple(str(day.day) for day in month.days)
    cells = tuple(
        CoverageCell(column, _row_name(row), CELL_STATES[SlotState(slot.state)], hint=_hint(slot), url=_url(slot))
        for row in rows
        for column, slot in zip(columns, row.slots, strict=True)
        if slot is not None
    )
    return CoverageGrid(columns=columns, rows=tuple(_row_name(row) for row in rows), cells=cells)


def coverage_facts(rows: tuple[CoverageRow, ...]) -> list[Tile]:
    """The month in four figures."""
    slots = [slot for row in rows for slot in row.slots if slot is not None]
    states = [slot.state for slot in slots]
    present, vacant = states.count(SlotState.PRESENT), states.count(SlotState.VACANT)
    hours = sum(slot.planned_hours for slot in slots if slot.state == SlotState.VACANT)
    rate = formatting.percent(present / (present + vacant)) if present + vacant else "–"
    return [
        Tile(_("Slots manned"), rate, _("%(present)d of %(all)d") % {"present": present, "all": present + vacant}),
        Tile(_("Vacant slots"), str(vacant), _("%(hours)s hours") % {"hours": f"{hours:f}"}),
        Tile(_("To be reviewed"), str(states.count(SlotState.REVIEW)), _("not counted until decided")),
        Tile(_("Off"), str(states.count(SlotState.OFF)), _("not counted")),
    ]


def slot_facts(slot: Slot) -> list[Fact]:
    """Facts of a slot's page; names are masked, the slot is judged and not the person."""
    found = [
        Fact(_("Contract line"), line_label(slot.line)),
        Fact(_("Post"), slot.post.name),
        Fact(_("Day"), formatting.day(slot.day)),
        Fact(_("Shift"), shift_words(slot)),
        Fact(_("Planned hours"), f"{slot.planned_hours:f}"),
        Fact(_("On the roster"), masked(slot.rostered_name)),
        Fact(_("On post"), masked(slot.actual_name)),
        Fact(_("Checked in"), formatting.minute(slot.checkin_at) if slot.checkin_at else ""),
        Fact(_("Checked out"), formatting.minute(slot.checkout_at) if slot.checkout_at else ""),
        Fact(_("Minutes late"), str(slot.late_minutes) if slot.late_minutes else ""),
        Fact(_("Source"), slot.source),
        Fact(_("Remark"), slot.note),
        Fact(_("Ground of the decision"), ground_words(slot)),
    ]
    return [fact for fact in found if fact.value]


def slot_steps(steps: tuple[Step, ...]) -> list[DecisionStep]:
    """The decision rules in the order in which they were tried."""
    words = {"yes": Badge(_("decides"), "good"), "no": Badge(_("does not apply"))}
    return [DecisionStep(_(step.label), step.rule, words[step.result]) for step in steps]


def slot_actions(actor: Actor, slot: Slot) -> list[Action]:
    """The decisions the reader may make now."""
    if not can_decide(actor, slot):
        return []
    return actions_of(SLOT_STATES.moves_from(slot.state), lambda move: reverse("attendance:decide", args=[slot.code, move]))


def slot_links(to_review: int) -> list[Link]:
    """Links from the grid to the lists of slots."""
    return [
        Link(_("All slots"), reverse("attendance:slots")),
        Link(_("Post ledger"), reverse("attendance:ledger")),
        Link(_("To be reviewed: %(count)d") % {"count": to_review}, SLOTS.url("attendance:slots", state="review")),
        Link(_("Rosters"), reverse("attendance:rosters")),
        Link(_("Posts"), reverse("attendance:posts")),
        Link(_("Patrol rounds"), reverse("attendance:rounds")),
    ]


def slot_badge(slot: Slot) -> Badge:
    """The state as a word with a shape."""
    return badge_of(SLOT_STATES, slot.state)


def _row_name(row: CoverageRow) -> str:
    return f"{row.post} · {shift_words(row)}"


def _hint(slot: Slot) -> str:
    return f"{formatting.day(slot.day)} {ground_words(slot)}"


def _url(slot: Slot) -> str:
    return reverse("attendance:slot", args=[slot.code])
