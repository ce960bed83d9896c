"""Whole sheets of payrolls; the import engine keeps the audit entry of the run."""

from collections.abc import Sequence

from duban.attendance.selectors.payrolls import payroll_lines
from duban.attendance.services.ledger import payroll_record
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.platform.imports import ImportCounts, ImportRow, Progress


def payrolls_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Take in the payrolls the rows are about; a sheet says the whole payroll of each line and month it names."""
    lines = payroll_lines({row["line"] for row in rows})
    groups: dict[tuple[int, Period], list[ImportRow]] = {}
    for row in rows:
        groups.setdefault((row["line"], Period.month_of(row["month"])), []).append(row)
    done = 0
    for (line, month), own in sorted(groups.items()):
        billed = [row["billed_shifts"] for row in own if row["billed_shifts"] is not None]
        payroll_record(
            actor=actor,
            line=lines[line],
            month=month,
            hours={row["worker"]: row["hours"] for row in own},
            billed_shifts=max(billed, default=None),
        )
        done += len(own)
        progress(done)
    return ImportCounts(created=done)
