"""Rosters for the grid and the sheet: a week of a contract line, who stands where, and what is wrong with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.attendance.domain.cells import Candidate, People, Placement, cell_key
from duban.attendance.domain.rosters import Cell, Entry, Found, conflicts_of, crews_of
from duban.attendance.domain.slots import Planned
from duban.attendance.models import Assignment, Roster, Swap
from duban.attendance.permissions import Code, can_roster
from duban.attendance.selectors.licensing import missing_of
from duban.contracts.models import ContractLine
from duban.estates.domain.posts import ShiftTime, staffing_of
from duban.estates.domain.staffing import Staffing
from duban.estates.models import Post
from duban.estates.selectors.records import posts_at
from duban.kernel.actor import Actor
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.vendors.models import Company, Worker

DAYS = 7
WITH_LINE = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit")


@dataclass(frozen=True)
class GridCell:
    """One post on one day in one shift; `is_open` tells that the line runs on that day."""

    key: str
    placement: Placement
    is_open: bool
    found: tuple[Found, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """One shift of a post over the week."""

    post: Post
    shift: ShiftTime
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class PostCrew:
    """How many people the week puts on a post, and whether they can lawfully man its hours; nothing without people."""

    post: Post
    people: Decimal
    staffing: Staffing | None


@dataclass(frozen=True)
class RosterGrid:
    """A roster as its page shows it. `found` are its conflicts in order, `keys` the public name of each cell."""

    roster: Roster
    days: tuple[date, ...]
    rows: tuple[GridRow, ...]
    crews: tuple[PostCrew, ...]
    people: People
    found: tuple[Found, ...]
    keys: Mapping[Cell, str]


def rosters_of(actor: Actor) -> QuerySet[Roster]:
    """Rosters the actor may see, with line and vendor; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Roster.objects.for_actor(actor).select_related(*WITH_LINE)


def roster_get(actor: Actor, code: str) -> Roster:
    """One roster of the actor's scope, or `NotFound`."""
    return get_by_code(rosters_of(actor), code)


def rosters_after(actor: Actor, after: str) -> QuerySet[Roster]:
    """Rosters in the order in which they were made, from the one after code `after`."""
    rows = rosters_of(actor).order_by("id")
    return rows.filter(pk__gt=roster_get(actor, after).pk) if after else rows


def roster_lines(actor: Actor) -> list[ContractLine]:
    """Lines the actor may make rosters for: those of its own company that run today or later."""
    own = within("contract__vendor__unit__path", actor.vendor_paths(Code.ROSTER))
    lines = ContractLine.objects.filter(own, ends_on__gte=timezone.localdate()).exclude(contract__state="draft")
    return list(lines.select_related("estate", "contract__vendor").order_by("estate__name", "service_line", "id"))


def roster_grid(actor: Actor, roster: Roster) -> RosterGrid:
    """The week of a roster with its conflicts: a handful of statements, however many posts.

    Conflicts are looked for among all rosters of the vendor; the company sees them among those that were published.
    """
    posts = roster_posts(roster)
    placed = placements([roster])
    entries = _entries(actor, roster, {worker for _planned, worker in placed.values() if worker is not None})
    cells = set(roster_cells(roster, posts))
    found = tuple(one for one in conflicts_of(entries, missing_of(posts, placed)) if one.cell in cells)
    by_cell: dict[Cell, list[Found]] = {}
    for one in found:
        by_cell.setdefault(one.cell, []).append(one)
    days = tuple(roster.week + timedelta(days=number) for number in range(DAYS))
    keys = {
        cell: cell_key(post.code, cell)
        for post in posts
        for shift in post.shifts
        for cell in ((post.pk, day, shift.shift) for day in days)
    }
    return RosterGrid(
        roster=roster,
        days=days,
        rows=tuple(
            GridRow(post, shift, tuple(_cell((post.pk, day, shift.shift), keys, placed, cells, by_cell) for day in days))
            for post in posts
            for shift in post.shifts
        ),
        crews=tuple(_crews(posts, crews_of(entries, days[0], days[-1]))),
        people=people_of(roster.line.contract.vendor),
        found=found,
        keys=keys,
    )


def people_of(company: Company) -> People:
    """Everybody of a company whom a cell may name: one statement."""
    rows = Worker.objects.filter(company=company).values_list("pk", "code", "name")
    return People(Candidate(*row) for row in rows)


def workers_by_code(company: Company) -> dict[str, Worker]:
    """Everybody of a company by code, in order of name: one statement."""
    return {worker.code: worker for worker in Worker.objects.filter(company=company).order_by("name", "code")}


def roster_posts(roster: Roster) -> list[Post]:
    """The posts a roster is about: those of its line's estate and service."""
    line = roster.line
    return posts_at([(line.estate_id, line.service_line)]).get((line.estate_id, line.service_line), [])


def roster_cells(roster: Roster, posts: Iterable[Post]) -> list[Cell]:
    """Every cell of a roster on which its line runs."""
    line = roster.line
    days = [roster.week + timedelta(days=number) for number in range(DAYS)]
    return [
        (post.pk, day, shift.shift)
        for post in posts
        for day in days
        if line.starts_on <= day <= line.ends_on
        for shift in post.shifts
    ]


def placements(rosters: Collection[Roster]) -> dict[Cell, Placement]:
    """What stands in the cells of rosters: one statement."""
    rows = Assignment.objects.filter(roster__in=[roster.pk for roster in rosters]).order_by()
    fields = ("post_id", "day", "shift", "planned", "worker_id")
    return {(post, day, shift): (Planned(planned), who) for post, day, shift, planned, who in rows.values_list(*fields)}


def assignments_by_key(roster: Roster, *, since: date | None = None) -> dict[str, Assignment]:
    """The cells of a roster in which somebody is on duty, from the day `since` on, by their public names, in order."""
    rows = roster.assignments.filter(planned=Planned.WORK).select_related("post", "worker", "roster__line__contract")
    if since is not None:
        rows = rows.filter(day__gte=since)
    found = rows.order_by("day", "post__name", "shift", "id")
    return {cell_key(row.post.code, (row.post_id, row.day, row.shift)): row for row in found}


def swaps_of(actor: Actor, roster: Roster) -> list[Swap]:
    """The swaps proposed for a roster, newest first."""
    rows = Swap.objects.for_actor(actor).filter(assignment__roster=roster)
    return list(
        rows.select_related(
            "assignment__post",
            "assignment__worker",
            "other__post",
            "other__worker",
            "worker",
            "assignment__roster__line__contract__vendor__unit",
        ).order_by("-id")
    )


def swap_get(actor: Actor, code: str) -> Swap:
    """One swap of the actor's scope, or `NotFound`."""
    actor.require(Code.VIEW)
    rows = Swap.objects.for_actor(actor).select_related("assignment__roster__line__contract__vendor__unit")
    return get_by_code(rows, code)


def _entries(actor: Actor, roster: Roster, workers: Collection[int]) -> list[Entry]:
    """Every shift of these people from the month's first day to the day after the week; names of posts as the actor may see."""
    first = roster.week.replace(day=1) - timedelta(days=1)
    rows = Assignment.objects.filter(
        worker_id__in=workers, day__range=(first, roster.week + timedelta(days=DAYS)), planned=Planned.WORK
    )
    is_vendor = can_roster(actor, roster.line)
    if not is_vendor:
        rows = rows.filter(Q(roster=roster) | Q(roster__published_at__isnull=False))
    found = list(rows.order_by().values_list("post_id", "day", "shift", "worker_id"))
    posts = Post.objects.select_related("estate").in_bulk({post for post, *_rest in found})
    times = {(post.pk, shift.shift): shift for post in posts.values() for shift in post.shifts}
    return [
        Entry(
            (post, day, shift), _label(posts[post], roster, is_vendor=is_vendor), worker, time.starts_at(day), time.ends_at(day)
        )
        for post, day, shift, worker in found
        if (time := times.get((post, shift))) is not None
    ]


def _label(post: Post, roster: Roster, *, is_vendor: bool) -> str:
    """A post's name; where it lies at another estate only the vendor reads which."""
    if post.estate_id == roster.line.estate_id:
        return post.name
    return f"{post.estate.short_name or post.estate.name} {post.name}" if is_vendor else ""


def _cell(
    cell: Cell,
    keys: Mapping[Cell, str],
    placed: Mapping[Cell, Placement],
    cells: Collection[Cell],
    found: Mapping[Cell, Collection[Found]],
) -> GridCell:
    return GridCell(keys[cell], placed.get(cell, (Planned.BLANK, None)), cell in cells, tuple(found.get(cell, ())))


def _crews(posts: Iterable[Post], heads: Mapping[int, Decimal]) -> Iterable[PostCrew]:
    for post in posts:
        people = heads.get(post.pk, Decimal(0))
        yield PostCrew(post, people, staffing_of(post.hours_per_week, Decimal(1), people))
