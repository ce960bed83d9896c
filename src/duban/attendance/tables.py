"""Lists of attendance."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.attendance.domain.ledger import FLAW_LABELS, Flaw
from duban.attendance.domain.slots import GROUND_LABELS, SHIFT_LABELS, Ground, Shift, masked
from duban.attendance.domain.states import LEDGER_STATES, ROSTER_STATES, SLOT_STATES
from duban.contracts.selectors.options import line_label, line_options
from duban.estates.models import SERVICE_LINE_CHOICES
from duban.platform.ui.addresses import address_of
from duban.platform.ui.listing import (
    ChoiceFilter,
    Column,
    DateFilter,
    Kind,
    Listing,
    NumberFilter,
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


def flaw_words(row: Any) -> str:
    """What does not fit, in the reader's language."""
    return gettext(FLAW_LABELS[Flaw(row.flaw)])


def reason_words(row: Any) -> str:
    """Why, with the figures, in the reader's language."""
    return gettext(row.reason).format(**row.inputs)


def _flaws() -> list[tuple[str, str]]:
    return [(flaw.value, gettext(label)) for flaw, label in FLAW_LABELS.items()]


def _shifts() -> list[tuple[str, str]]:
    return [(shift.value, gettext(label)) for shift, label in SHIFT_LABELS.items()]


SLOTS = Listing(
    name="attendance.slots",
    columns=(
        Column("code", _("Slot"), link=lambda row: address_of("attendance:slot", row.code)),
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
        Column("code", _("Roster"), link=lambda row: address_of("attendance:roster", row.code)),
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

POSTS = Listing(
    name="attendance.posts",
    columns=(
        Column(
            "name",
            _("Post"),
            sort="name",
            link=lambda row: address_of("attendance:post", row.code),
            small=lambda row: row.code,
        ),
        Column("estate", _("Estate"), path="estate.name", sort="estate__name"),
        Column("service_line", _("Service line"), path="get_service_line_display", phone=False),
        Column("pattern", _("Shifts"), path="get_pattern_display", phone=False),
        Column("fence", _("Position of check-ins"), path="get_fence_display", phone=False),
        Column("exceptions", _("Exceptions in 30 days"), kind=Kind.NUMBER, sort="exceptions"),
    ),
    filters=(
        ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES),
        TextFilter("estate", _("Estate"), field="estate__name"),
    ),
    search=("code", "name", "estate__name"),
    row_key=lambda row: row.code,
    order="code",
    empty_title=_("No post"),
    empty_hint=_("Posts appear here once a contract line pays for their service. Enter them on the page of the estate."),
)

ROUNDS = Listing(
    name="attendance.rounds",
    columns=(
        Column("code", _("Round"), link=lambda row: address_of("attendance:round", row.code)),
        Column("starts_at", _("Begins"), kind=Kind.DATETIME, sort="starts_at"),
        Column("route", _("Route"), path="route.name"),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line), phone=False),
        Column("on_time", _("In time"), value=lambda row: f"{row.on_time_count}/{row.point_count}"),
        Column("late_count", _("Too late or early"), kind=Kind.NUMBER, sort="late_count", phone=False),
        Column("skipped_count", _("Skipped"), kind=Kind.NUMBER, sort="skipped_count"),
        Column("bunched_count", _("Scanned too fast"), kind=Kind.NUMBER, sort="bunched_count"),
        Column("is_over", _("Over"), kind=Kind.YES_NO, phone=False),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        DateFilter("day", _("Day")),
        NumberFilter("skipped_count", _("Skipped")),
        NumberFilter("bunched_count", _("Scanned too fast")),
        TextFilter("route", _("Route"), field="route__name"),
    ),
    search=("route__name",),
    row_key=lambda row: row.code,
    order="-starts_at",
    empty_title=_("No round yet"),
    empty_hint=_("Rounds appear by themselves on every day of a route that is in use."),
)

ROUTES = Listing(
    name="attendance.routes",
    columns=(
        Column("name", _("Route"), sort="name", link=lambda row: address_of("attendance:route", row.code)),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line)),
        Column("starts", _("Rounds begin at"), value=lambda row: " · ".join(sorted(row.starts)), phone=False),
        Column("points", _("Number of points"), value=lambda row: str(len(row.points.all()))),
        Column("is_ordered", _("Strict order"), kind=Kind.YES_NO, phone=False),
        Column("is_active", _("In use"), kind=Kind.YES_NO),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        TextFilter("name", _("Route")),
    ),
    search=("name", "code", "line__estate__name"),
    row_key=lambda row: row.code,
    order="name",
    empty_title=_("No route yet"),
    empty_hint=_("Draw a route: its points in order, their windows, and when its rounds begin."),
)

LEDGER_FINDINGS = Listing(
    name="attendance.ledger_findings",
    columns=(
        Column("code", _("Exception"), link=lambda row: address_of("attendance:ledger_finding", row.code)),
        Column("day", _("Day"), kind=Kind.DATE, sort="day"),
        Column("flaw", _("What does not fit"), value=flaw_words),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line), phone=False),
        Column("post", _("Post"), value=lambda row: row.post.name if row.post else "", phone=False),
        Column("reason", _("Why"), value=reason_words),
        Column("state", _("State"), kind=Kind.STATE, states=LEDGER_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(LEDGER_STATES)),
        ChoiceFilter("flaw", _("What does not fit"), choices=_flaws),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        DateFilter("day", _("Day")),
    ),
    search=("post__name", "line__estate__name"),
    row_key=lambda row: row.code,
    order="-day",
    empty_title=_("No exception"),
    empty_hint=_("Open the ledger of a contract line and examine its month; a job also does so every night."),
)
