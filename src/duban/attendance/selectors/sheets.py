"""The roster as a sheet: one row per post, shift and week, a column for each weekday."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from duban.attendance.domain.cells import MISREAD_LABELS, Misread, People, Placement, cell_key, read_cell
from duban.attendance.domain.rosters import PLAN_LABELS, Cell
from duban.attendance.domain.slots import Planned, masked
from duban.attendance.models import Assignment, Roster
from duban.attendance.permissions import can_roster
from duban.attendance.selectors.licensing import licence_refusals
from duban.attendance.selectors.rosters import people_of, roster_posts
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOT_THE_VENDOR = Reason(
    mark("Only the vendor of this contract line makes its roster."), mark("Take the row out, or correct contract and line.")
)
IS_PUBLISHED = Reason(
    mark("The roster of this week is published."), mark("Choose “Change again” on the page of the roster first.")
)
NO_SUCH_SHIFT = Reason(mark("The post has no such shift."), mark("Correct the shift or the post."))
NO_SUCH_POST = Reason(
    mark("The post does not belong to the service of this contract line."), mark("Correct the post or the line.")
)
OUT_OF_TERM = Reason(
    mark("The day lies outside the term of the contract line, {starts} – {ends}."), mark("Empty the cell, or correct the week.")
)
NOT_LICENSED = Reason(
    mark("{refusal}"), mark("Name somebody who holds it, or enter the credential of this person under Vendors → People.")
)
UNREADABLE = {
    kind: Reason(why, mark("Write a name or code of your people, or the word for rest, leave or left vacant."))
    for kind, why in MISREAD_LABELS.items()
}


@dataclass(frozen=True)
class SheetContext:
    """What the rows of a sheet refer to: lines with their vendors, posts, people by company, rosters that are published."""

    lines: Mapping[int, ContractLine]
    posts: Mapping[int, Post]
    people: Mapping[int, People]
    published: frozenset[tuple[int, date]]


def sheet_context(rows: Sequence[ImportRow]) -> SheetContext:
    """What the rows refer to: three statements, and one for each vendor."""
    lines = ContractLine.objects.select_related("contract__vendor__unit", "contract__office", "estate__office").in_bulk(
        {row["line"] for row in rows}
    )
    vendors = {line.contract.vendor_id: line.contract.vendor for line in lines.values()}
    weeks = Roster.objects.filter(line_id__in=lines, state="published").values_list("line_id", "week")
    return SheetContext(
        lines,
        Post.objects.in_bulk({row["post"] for row in rows}),
        {pk: people_of(vendor) for pk, vendor in vendors.items()},
        frozenset(weeks),
    )


def week_of(row: ImportRow) -> date:
    """The Monday of the week a row is about."""
    day: date = row["week"]
    return day - timedelta(days=day.weekday())


def row_cells(row: ImportRow, people: People) -> dict[Cell, Placement | Misread]:
    """The seven cells of a row as they are understood; an empty one means nobody is planned."""
    monday = week_of(row)
    return {
        (row["post"], monday + timedelta(days=number), str(row["shift"])): read_cell(row.get(weekday) or "", people)
        for number, weekday in enumerate(WEEKDAYS)
    }


def sheet_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Rows of others' lines, of published weeks, with unknown shifts; cells not understood, or refused by the licence gate."""
    known = sheet_context(rows)
    sound: list[ImportRow] = []
    for row in rows:
        line, post = known.lines[row["line"]], known.posts[row["post"]]
        if not can_roster(actor, line):
            yield row.problem("line", NOT_THE_VENDOR)
        elif post.service_line != line.service_line:
            yield row.problem("post", NO_SUCH_POST)
        elif (line.pk, week_of(row)) in known.published:
            yield row.problem("week", IS_PUBLISHED)
        elif row["shift"] not in {shift.shift for shift in post.shifts}:
            yield row.problem("shift", NO_SUCH_SHIFT)
        else:
            found = list(_cell_problems(row, line, known.people[line.contract.vendor_id]))
            yield from found
            sound += [] if found else [row]
    yield from _licence_problems(sound, known)


def _licence_problems(rows: Sequence[ImportRow], known: SheetContext) -> Iterable[RowProblem]:
    """People who lack what the post or the law asks for on a day, all rows at once: a handful of statements."""
    named: dict[str, tuple[ImportRow, str]] = {}
    cells: dict[Cell, Placement] = {}
    for row in rows:
        placed = row_cells(row, known.people[known.lines[row["line"]].contract.vendor_id])
        for weekday, (cell, one) in zip(WEEKDAYS, placed.items(), strict=True):
            if not isinstance(one, Misread):
                cells[cell] = one
                named[cell_key(known.posts[cell[0]].code, cell)] = (row, weekday)
    for error in licence_refusals(cells, known.posts.values()):
        row, weekday = named[error.field]
        yield row.problem(weekday, NOT_LICENSED, refusal=gettext(error.message).format(**error.params))


def _cell_problems(row: ImportRow, line: ContractLine, people: People) -> Iterable[RowProblem]:
    for weekday, (cell, placed) in zip(WEEKDAYS, row_cells(row, people).items(), strict=True):
        if isinstance(placed, Misread):
            yield row.problem(weekday, UNREADABLE[placed], text=row[weekday])
        elif placed[0] is not Planned.BLANK and not line.starts_on <= cell[1] <= line.ends_on:
            yield row.problem(weekday, OUT_OF_TERM, starts=line.starts_on, ends=line.ends_on)


def roster_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every roster as an import would bring it in; only the vendor itself reads whole names."""
    rosters = {
        roster.pk: roster
        for roster in Roster.objects.for_actor(actor).select_related("line__contract__vendor__unit").order_by("week", "line_id")
    }
    people: dict[int, People] = {}
    cells: dict[tuple[int, str, str], dict[str, object]] = {}
    placed = Assignment.objects.filter(roster__in=rosters).select_related("post", "worker")
    for row in placed.order_by("roster__week", "roster__line_id", "post__name", "post_id", "shift", "day"):
        roster = rosters[row.roster_id]
        values = cells.setdefault((row.roster_id, row.post.code, row.shift), _row(roster, row.post, row.shift))
        values[WEEKDAYS[row.day.weekday()]] = _written(actor, roster, row, people)
    return cells.values()


def roster_sheet_rows(actor: Actor, roster: Roster) -> Iterable[Mapping[str, object]]:
    """One roster as an import would bring it in: a row for every shift of its posts, blank where nobody is planned."""
    cells = {
        (post.code, shift.shift): _row(roster, post, shift.shift) for post in roster_posts(roster) for shift in post.shifts
    }
    people: dict[int, People] = {}
    for row in roster.assignments.select_related("post", "worker").order_by("day"):
        values = cells.setdefault((row.post.code, row.shift), _row(roster, row.post, row.shift))
        values[WEEKDAYS[row.day.weekday()]] = _written(actor, roster, row, people)
    return cells.values()


def _row(roster: Roster, post: Post, shift: str) -> dict[str, object]:
    line = roster.line
    return {
        "contract": line.contract.code,
        "line": str(line.number),
        "post": post.code,
        "shift": shift,
        "week": roster.week,
        **dict.fromkeys(WEEKDAYS, ""),
    }


def _written(actor: Actor, roster: Roster, row: Assignment, people: dict[int, People]) -> str:
    if row.worker is None:
        return gettext(PLAN_LABELS[Planned(row.planned)])
    if not can_roster(actor, roster.line):
        return masked(row.worker.name)
    vendor = roster.line.contract.vendor
    if vendor.pk not in people:
        people[vendor.pk] = people_of(vendor)
    return people[vendor.pk].written(row.worker.pk)
