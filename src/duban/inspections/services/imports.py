"""Whole ledgers of check results; the import engine keeps the audit entry of the run."""

from collections.abc import Sequence

from duban.inspections.selectors.imports import check_rows_of
from duban.inspections.services.recording import record_results
from duban.kernel.actor import Actor
from duban.platform.imports import ImportCounts, ImportRow, Progress

CHUNK = 20_000


def check_results_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Record the results of a ledger; those recorded before count as unchanged. Failed ones open findings.

    Announces `EvidenceChanged` for each 20,000 rows. Raises as `record_results` does.
    """
    counts = ImportCounts()
    for start in range(0, len(rows), CHUNK):
        done = record_results(actor=actor, rows=check_rows_of(rows[start : start + CHUNK]))
        counts += ImportCounts(created=done.written, unchanged=done.known)
        progress(min(start + CHUNK, len(rows)))
    return counts
