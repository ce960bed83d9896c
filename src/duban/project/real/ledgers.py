"""Writing the ledgers that the importers read."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.platform.imports.services import run_import

PROBLEMS_SHOWN = 5


def import_rows(rows: Iterable[Mapping[str, object]], *, kind: str, actor: Actor, folder: Path) -> int:
    """Write the rows as a CSV ledger and import it, all or nothing; returns how many rows. Raises `Invalid` on a refusal."""
    listed = list(rows)
    path = folder / f"{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    run = run_import(path, kind=kind, actor=actor)
    if run.stage != "done":
        raise Invalid("“{kind}” was refused: {problems}", kind=kind, problems=str(run.problems[:PROBLEMS_SHOWN]))
    return len(listed)
