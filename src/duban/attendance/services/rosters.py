"""Rosters: opened, filled, copied from last week, published, all by the vendor itself."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.cells import MISREAD_LABELS, Misread, Placement, cell_key, read_cell
from duban.attendance.domain.rosters import Cell
from duban.attendance.domain.slots import Planned
from duban.attendance.models import Assignment, Roster
from duban.attendance.permissions import can_roster
from duban.attendance.selectors.licensing import licence_refusals
from duban.attendance.selectors.rosters import people_of, placements, roster_cells, roster_posts
from duban.attendance.services.settling import slots_settle
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.states import advance
from duban.vendors.models import Worker

WEEK = timedelta(days=7)
NO_CELL = mark("This post, day and shift are not part of the roster.")


@transaction.atomic
def roster_open(*, actor: Actor, line: ContractLine, day: date) -> Roster:
    """The roster of a line for the week of `day`, made as an empty draft if there is none.

    Raises `NotAllowed` for anybody but the line's vendor, `Invalid` for a week outside the term of the line.
    """
    _require(actor, line)
    week = day - timedelta(days=day.weekday())
    if week > line.ends_on or week + WEEK <= line.starts_on:
        raise Invalid(errors=(FieldError("week", mark("The week lies outside the term of the contract line.")),))
    roster, _is_new = Roster.objects.get_or_create(line=line, week=week)
    return roster


@transaction.atomic
def roster_fill(*, actor: Actor, roster: Roster, cells: Mapping[Cell, Placement]) -> int:
    """Set cells of a draft and return how many changed; cells that are not named stay.

    Raises `NotAllowed` for anybody but the vendor, `WrongState` for a published roster, `Invalid` naming a cell that is not of
    this roster, a person who is not of the vendor, or one who lacks a credential that the post or the law asks for on that day.
    """
    locked = _locked(actor, roster)
    if locked.state != "draft":
        raise WrongState(mark("The roster is published; choose “Change again” first."))
    _check(locked, cells)
    stored = {(row.post_id, row.day, row.shift): row for row in locked.assignments.all()}
    gone = [stored[cell].pk for cell, placed in cells.items() if placed[0] is Planned.BLANK and cell in stored]
    new, changed = [], []
    for cell, (planned, worker) in cells.items():
        row = stored.get(cell)
        if planned is Planned.BLANK or (row and (row.planned, row.worker_id) == (planned, worker)):
            continue
        if row is None:
            new.append(
                Assignment(roster=locked, post_id=cell[0], day=cell[1], shift=cell[2], planned=planned, worker_id=worker)
            )
        else:
            row.planned, row.worker_id = planned, worker
            changed.append(row)
    Assignment.objects.filter(pk__in=gone).delete()
    Assignment.objects.bulk_create(new, batch_size=500)
    Assignment.objects.bulk_update(changed, ["planned", "worker"], batch_size=500)
    count = len(gone) + len(new) + len(changed)
    if count:
        write_entry(actor=actor, record=locked, action="fill", changes={"cells": [None, count]})
    return count


@transaction.atomic
def roster_enter(*, actor: Actor, roster: Roster, texts: Mapping[str, str]) -> int:
    """Set cells of a draft as people write them and return how many changed.

    A key is `PO-2026-0001.2026-10-05.day`, a text a name, a code, or a word for rest, leave or left vacant. Raises `Invalid`
    naming each cell that is not understood, else as `roster_fill` does.
    """
    _require(actor, roster.line)
    posts = roster_posts(roster)
    codes = {post.pk: post.code for post in posts}
    known = {cell_key(codes[cell[0]], cell): cell for cell in roster_cells(roster, posts)}
    people = people_of(roster.line.contract.vendor)
    cells: dict[Cell, Placement] = {}
    errors = []
    for key, text in texts.items():
        placed = read_cell(text, people)
        if key not in known:
            errors.append(FieldError(key[:60], NO_CELL))
        elif isinstance(placed, Misread):
            errors.append(FieldError(key, MISREAD_LABELS[placed], {"text": text[:60]}))
        else:
            cells[known[key]] = placed
    if errors:
        raise Invalid(errors=tuple(errors[:50]))
    return roster_fill(actor=actor, roster=roster, cells=cells)


@transaction.atomic
def roster_copy(*, actor: Actor, roster: Roster) -> int:
    """Copy the week before into a draft, cell by cell where this week's cell is still empty; returns how many."""
    locked = _locked(actor, roster)
    before = Roster.objects.filter(line=locked.line, week=locked.week - WEEK).first()
    if before is None:
        raise Invalid(errors=(FieldError("week", mark("There is no roster of the week before.")),))
    taken = set(locked.assignments.values_list("post_id", "day", "shift"))
    wanted: dict[Cell, Placement] = {
        (row.post_id, row.day + WEEK, row.shift): (Planned(row.planned), row.worker_id)
        for row in before.assignments.select_related("worker")
    }
    known = set(roster_cells(locked, roster_posts(locked)))
    return roster_fill(
        actor=actor,
        roster=locked,
        cells={cell: placed for cell, placed in wanted.items() if cell in known and cell not in taken},
    )


@transaction.atomic
def roster_publish(*, actor: Actor, roster: Roster) -> Roster:
    """Publish a draft: from now on its slots count. Slots whose shifts are over are decided at once.

    Raises `Invalid` for people who since the cell was filled lost what the post asks for on a day to come, or left the vendor.
    """
    locked = _locked(actor, roster)
    today = timezone.localdate()
    coming = {cell: placed for cell, placed in placements([locked]).items() if cell[1] >= today}
    if refused := licence_refusals(coming, roster_posts(locked)):
        raise Invalid(errors=tuple(refused[:50]))
    published = advance(locked, "publish", actor=actor)
    Roster.objects.filter(pk=published.pk).update(published_at=timezone.now())
    slots_settle(actor=actor, start=published.week, end=published.week + WEEK - timedelta(days=1), lines=[published.line_id])
    return published


@transaction.atomic
def roster_reopen(*, actor: Actor, roster: Roster) -> Roster:
    """Take a published roster back to change it; slots that exist stay until it is published again."""
    return advance(_locked(actor, roster), "reopen", actor=actor)


def _require(actor: Actor, line: ContractLine) -> None:
    if not can_roster(actor, line):
        raise NotAllowed


def _locked(actor: Actor, roster: Roster) -> Roster:
    _require(actor, roster.line)
    rows = Roster.objects.select_for_update(of=("self",)).select_related("line__contract__vendor__unit", "line__estate__office")
    return rows.get(pk=roster.pk)


def _check(roster: Roster, cells: Mapping[Cell, Placement]) -> None:
    posts = roster_posts(roster)
    known = set(roster_cells(roster, posts))
    workers = {worker for _planned, worker in cells.values() if worker is not None}
    own = set(Worker.objects.filter(pk__in=workers, company=roster.line.contract.vendor).values_list("pk", flat=True))
    errors = []
    for cell, (planned, worker) in cells.items():
        name = f"{cell[0]}.{cell[1]}.{cell[2]}"
        if cell not in known:
            errors.append(FieldError(name, NO_CELL))
        elif planned is Planned.WORK and worker not in own:
            errors.append(FieldError(name, mark("This person does not work for the vendor.")))
    errors = errors or licence_refusals(cells, posts)
    if errors:
        raise Invalid(errors=tuple(errors[:50]))
