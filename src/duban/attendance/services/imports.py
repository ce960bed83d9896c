"""Whole ledgers of slots; the import engine keeps the audit entry of the run."""

from collections.abc import Sequence

from duban.attendance.selectors.imports import slot_row_of
from duban.attendance.services.slots import record_slots
from duban.kernel.actor import Actor
from duban.platform.imports import ImportCounts, ImportRow, Progress

CHUNK = 20_000


def slots_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter the slots of a ledger or change those of the same post, day and shift. Announces `EvidenceChanged`."""
    counts = ImportCounts()
    for start in range(0, len(rows), CHUNK):
        done = record_slots(actor=actor, rows=[slot_row_of(row) for row in rows[start : start + CHUNK]])
        counts += ImportCounts(done.created, done.changed, done.unchanged)
        progress(min(start + CHUNK, len(rows)))
    return counts
