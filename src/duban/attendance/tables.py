"""Lists of attendance."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.attendance.domain.slots import GROUND_LABELS, SHIFT_LABELS, Ground, Shift, masked
from duban.attendance.domain.states import ROSTER_STATES, SLOT_STATES
from duban.contracts.selectors.options import line_label, line_options
from duban.platform.ui.listing import (
    ChoiceFilter,
    Column,
    DateFilter,
    Kind,
    Listing,
    ReferenceFilter,
    TextFilter,
    state_choices,
)


def shift_label(shift: str) -> str:
    """A shift in the reader's language."""
    return gettext(SHIFT_LABELS[Shift(shift)])


def shift_words(row: Any) -> str:
    """The shift of a row in the reader's language."""
    return shift_label(row.shift)


def ground_words(row: Any) -> str:
    """Which rule decided, in the reader's language."""
    return gettext(GROUND_LABELS[Ground(row.ground)])


def _shifts() -> list[tuple[str, str]]:
    return [(shift.value, gettext(label)) for shift, label in SHIFT_LABELS.items()]


SLOTS = Listing(
    name="attendance.slots",
    columns=(
        Column("code", _("Slot"), link=lambda row: reverse("attendance:slot", args=[row.code])),
        Column("day", _("Day"), kind=Kind.DATE, sort="day"),
        Column("post", _("Post"), path="post.name"),
        Column("shift", _("Shift"), value=shift_words),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line), phone=False),
        Column("planned_hours", _("Hours"), kind=Kind.NUMBER, places=1, phone=False),
        Column("actual_name", _("On post"), value=lambda row: masked(row.actual_name), phone=False),
        Column("ground", _("Ground of the decision"), value=ground_words, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=SLOT_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(SLOT_STATES)),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ChoiceFilter("shift", _("Shift"), choices=_shifts),
        DateFilter("day", _("Day")),
        TextFilter("post", _("Post"), field="post__name"),
    ),
    search=("post__name",),
    row_key=lambda row: row.code,
    order="-day",
    empty_title=_("No slot"),
    empty_hint=_("Import the attendance of the posts."),
)

ROSTERS = Listing(
    name="attendance.rosters",
    columns=(
        Column("code", _("Roster"), link=lambda row: reverse("attendance:roster", args=[row.code])),
        Column("week", _("Week from"), kind=Kind.DATE, sort="week"),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line)),
        Column("published_at", _("Published"), kind=Kind.DATETIME, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=ROSTER_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(ROSTER_STATES)),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        DateFilter("week", _("Week from")),
    ),
    search=("line__estate__name", "line__contract__vendor__name"),
    row_key=lambda row: row.code,
    order="-week",
    empty_title=_("No roster"),
    empty_hint=_("The vendor makes the rosters of its people and publishes them; here they appear once published."),
)
