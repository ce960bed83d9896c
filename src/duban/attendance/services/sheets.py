"""Whole sheets of rosters; the import engine keeps the audit entry of the run."""

from collections.abc import Sequence
from datetime import date

from duban.attendance.domain.cells import BLANK, Misread, Placement
from duban.attendance.domain.rosters import Cell
from duban.attendance.models import Roster
from duban.attendance.selectors.rosters import placements
from duban.attendance.selectors.sheets import SheetContext, row_cells, sheet_context, week_of
from duban.attendance.services.rosters import roster_fill, roster_open
from duban.kernel.actor import Actor
from duban.platform.imports import ImportCounts, ImportRow, Progress


def rosters_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Fill the drafts that the rows are about, made where there is none; a row says its whole week."""
    known = sheet_context(rows)
    by_roster: dict[tuple[int, date], list[ImportRow]] = {}
    for row in rows:
        by_roster.setdefault((row["line"], week_of(row)), []).append(row)
    counts, done = ImportCounts(), 0
    for (line, week), own in sorted(by_roster.items()):
        roster = roster_open(actor=actor, line=known.lines[line], day=week)
        counts += _filled(actor, roster, [_cells(known, row) for row in own])
        done += len(own)
        progress(done)
    return counts


def _filled(actor: Actor, roster: Roster, rows: Sequence[dict[Cell, Placement]]) -> ImportCounts:
    stored = placements([roster])
    same = sum(1 for row in rows if all(stored.get(cell, BLANK) == placed for cell, placed in row.items()))
    created = sum(1 for row in rows if not row.keys() & stored.keys() and set(row.values()) != {BLANK})
    roster_fill(actor=actor, roster=roster, cells={cell: placed for row in rows for cell, placed in row.items()})
    return ImportCounts(created, len(rows) - created - same, same)


def _cells(known: SheetContext, row: ImportRow) -> dict[Cell, Placement]:
    line = known.lines[row["line"]]
    cells = row_cells(row, known.people[line.contract.vendor_id])
    return {
        cell: placed
        for cell, placed in cells.items()
        if not isinstance(placed, Misread) and line.starts_on <= cell[1] <= line.ends_on
    }
