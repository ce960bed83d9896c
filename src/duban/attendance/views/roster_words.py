"""What the page of a roster says: cells, conflicts, crews, swaps, in the reader's language."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from duban.attendance.domain.rosters import CONFLICT_LABELS, PLAN_LABELS, Conflict, Found
from duban.attendance.domain.slots import Planned, masked
from duban.attendance.domain.states import ROSTER_STATES, SWAP_STATES
from duban.attendance.models import Assignment, Roster, Swap
from duban.attendance.permissions import Code, can_roster
from duban.attendance.selectors.rosters import DAYS, GridCell, GridRow, PostCrew, RosterGrid
from duban.attendance.tables import shift_label
from duban.estates.selectors.staffing import StepWords, level_badge, staffing_steps, staffing_words
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.platform.requests import field_messages
from duban.platform.ui.components import Action, Badge, Link, actions_of, badge_of
from duban.vendors.domain.certificates import CERTIFICATE_LABELS


@dataclass(frozen=True)
class Mark:
    """Something wrong at one cell: where, what, in words; `key` is the public name of the cell."""

    key: str
    place: str
    text: str


@dataclass(frozen=True)
class CellWords:
    """One cell: its name, what stands in it, whether somebody is on duty, and the marks in one text."""

    key: str
    text: str
    label: str
    is_open: bool
    is_duty: bool
    mark: str


@dataclass(frozen=True)
class RowWords:
    """One line of the grid."""

    post: str
    shift: str
    hours: str
    cells: tuple[CellWords, ...]


@dataclass(frozen=True)
class CrewWords:
    """One post with the people the week puts on it, and the verdict."""

    post: str
    people: str
    badge: Badge | None
    reason: str
    steps: tuple[StepWords, ...] = ()


@dataclass(frozen=True)
class SwapWords:
    """One swap in words, its state, and what may be done."""

    swap: Swap
    text: str
    state: Badge
    actions: tuple[Action, ...]


def grid_rows(grid: RosterGrid, *, is_vendor: bool) -> list[RowWords]:
    """The rows of the grid; only the vendor reads whole names."""
    return [_row(grid, row, is_vendor=is_vendor) for row in grid.rows]


def grid_marks(grid: RosterGrid, *, is_vendor: bool) -> list[Mark]:
    """Every conflict of the roster."""
    posts = {row.post.pk: row.post.name for row in grid.rows}
    return [
        Mark(
            grid.keys[one.cell],
            f"{posts[one.cell[0]]} · {day_words(one.cell[1])}",
            _found_words(grid, one, is_vendor=is_vendor),
        )
        for one in grid.found
    ]


def refused_marks(error: Invalid, grid: RosterGrid) -> list[Mark]:
    """What was refused, cell by cell."""
    places = {
        cell.key: f"{row.post.name} · {day_words(day)}"
        for row in grid.rows
        for day, cell in zip(grid.days, row.cells, strict=True)
    }
    return [Mark(key, places.get(key, ""), text) for key, text in field_messages(error)]


def crew_rows(crews: tuple[PostCrew, ...]) -> list[CrewWords]:
    """Posts with the people of the week and whether they can lawfully man it."""
    return [
        CrewWords(
            crew.post.name,
            f"{crew.people:.2f}",
            level_badge(crew.staffing),
            staffing_words(crew.staffing) if crew.staffing else _("Nobody is on the roster."),
            staffing_steps(crew.staffing),
        )
        for crew in crews
    ]


def roster_actions(actor: Actor, roster: Roster) -> list[Action]:
    """The buttons of a roster: its vendor has some, nobody else ever has."""
    if not can_roster(actor, roster.line):
        return []
    code = roster.code
    moves = ROSTER_STATES.moves_from(roster.state)
    found = actions_of(moves, lambda move: reverse("attendance:roster_move", args=[code, move]), primary="publish")
    if roster.state == "draft":
        copy = reverse("attendance:roster_copy", args=[code])
        return [Action(_("Copy last week"), copy, symbol="copy"), *found]
    if roster.week + timedelta(days=DAYS) <= timezone.localdate():
        return found
    swap = reverse("attendance:swap_new", args=[code])
    return [Action(_("Propose a swap"), swap, method="get", symbol="refresh"), *found]


def rosters_actions(actor: Actor) -> list[Action]:
    """The button above the list of rosters, for people of a vendor."""
    if not actor.vendor_paths(Code.ROSTER):
        return []
    return [Action(_("Make a roster"), reverse("attendance:roster_new"), method="get", tone="primary", symbol="plus")]


def roster_links(actor: Actor, code: str) -> list[Link]:
    """Links of a roster: the list, the sheet out, and for the vendor the sheet in."""
    found = [
        Link(_("All rosters"), reverse("attendance:rosters")),
        Link(_("As a sheet"), reverse("attendance:roster_sheet", args=[code]), symbol="download", download=True),
    ]
    if actor.vendor_paths(Code.ROSTER):
        found.append(Link(_("Bring in a sheet"), f"{reverse('imports:list')}?kind=rosters", symbol="upload"))
    return found


def place_words(row: Assignment) -> str:
    """A place on the roster, as the vendor chooses it."""
    return f"{day_words(row.day)} · {row.post.name} {shift_label(row.shift)} · {row.worker}"


def swap_rows(actor: Actor, swaps: list[Swap], *, is_vendor: bool) -> list[SwapWords]:
    """The swaps of a roster with their buttons, which only the vendor has."""
    return [_swap(actor, swap, is_vendor=is_vendor) for swap in swaps]


def day_words(day: date) -> str:
    """A day of the grid: weekday and date."""
    return f"{formats.date_format(day, 'D')} {day.month}/{day.day}"


def _row(grid: RosterGrid, row: GridRow, *, is_vendor: bool) -> RowWords:
    shift = shift_label(row.shift.shift)
    ends = row.shift.ends_at(grid.days[0])
    return RowWords(
        row.post.name,
        shift,
        f"{row.shift.starts:%H:%M}–{ends:%H:%M}",
        tuple(
            _cell(grid, cell, f"{row.post.name} {shift} {day_words(day)}", is_vendor=is_vendor)
            for day, cell in zip(grid.days, row.cells, strict=True)
        ),
    )


def _cell(grid: RosterGrid, cell: GridCell, label: str, *, is_vendor: bool) -> CellWords:
    planned, worker = cell.placement
    text = "" if planned in {Planned.BLANK, Planned.WORK} else _(PLAN_LABELS[planned])
    if worker is not None:
        name = grid.people.written(worker)
        text = name if is_vendor else masked(grid.people.named(worker))
    marks = "; ".join(_found_words(grid, one, is_vendor=is_vendor) for one in cell.found)
    return CellWords(cell.key, text, label, cell.is_open, planned is Planned.WORK, marks)


def _found_words(grid: RosterGrid, one: Found, *, is_vendor: bool) -> str:
    name = grid.people.named(one.worker)
    who = name if is_vendor else masked(name)
    if one.conflict is Conflict.TWO_POSTS:
        other = one.detail or _("a post at another estate")
        return _("%(who)s: on two posts at once, also at %(other)s") % {"who": who, "other": other}
    detail = _(CERTIFICATE_LABELS[one.detail]) if one.conflict is Conflict.NO_CREDENTIAL else one.detail
    return f"{who}: {_(CONFLICT_LABELS[one.conflict])} ({detail})"


def _swap(actor: Actor, swap: Swap, *, is_vendor: bool) -> SwapWords:
    moves = SWAP_STATES.moves_from(swap.state) if can_roster(actor, swap.assignment.roster.line) else ()
    buttons = actions_of(moves, lambda move: reverse("attendance:swap_move", args=[swap.code, move]), primary="accept")
    return SwapWords(swap, _swap_text(swap, is_vendor=is_vendor), badge_of(SWAP_STATES, swap.state), tuple(buttons))


def _swap_text(swap: Swap, *, is_vendor: bool) -> str:
    first = swap.assignment
    names = {"first": _name(first.worker, is_vendor=is_vendor), "place": f"{first.post.name} {day_words(first.day)}"}
    if swap.other is None:
        words = _("%(second)s stands in for %(first)s: %(place)s")
        return words % {**names, "second": _name(swap.worker, is_vendor=is_vendor)}
    other = f"{swap.other.post.name} {day_words(swap.other.day)}"
    words = _("%(first)s (%(place)s) changes places with %(second)s (%(other)s)")
    return words % {**names, "second": _name(swap.other.worker, is_vendor=is_vendor), "other": other}


def _name(worker: object, *, is_vendor: bool) -> str:
    name = str(worker or "")
    return name if is_vendor else masked(name)
