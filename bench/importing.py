"""Importing a ledger of check results against the raw `executemany` of the same rows into the same table."""

import csv
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from bench.run import Figures, timed
from bench.world import LINES, ZONE, World
from duban.inspections.models import CheckResult
from duban.platform.imports.services import run_import

ROWS = int(os.environ.get("BENCH_IMPORT_ROWS", "100000"))
DAY = datetime(2026, 11, 2, 9, tzinfo=ZONE)


def import_figures(world: World) -> Figures:
    """Rows a second both ways, and the ratio."""
    raw: list[float] = []
    ours: list[float] = []
    with timed(raw):
        _raw_insert(world)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "check_results.csv"
        _write_ledger(world, path)
        with timed(ours):
            run = run_import(path, kind="check_results", actor=world.actor)
    if run.stage != "done":
        raise RuntimeError(f"the ledger was refused: {run.problems[:3]}")
    return {
        "raw executemany": f"{ROWS / raw[0]:,.0f} rows/s",
        "import of a ledger": f"{ROWS / ours[0]:,.0f} rows/s",
        "import / raw (goal ≥ 40 %)": f"{raw[0] / ours[0]:.0%}",
    }


def _raw_insert(world: World) -> None:
    fields = [field for field in CheckResult._meta.concrete_fields if field.attname != "id"]
    blank = {field.attname: field.get_default() for field in fields}
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"INSERT INTO inspections_checkresult ({quoted}) VALUES ({', '.join(['%s'] * len(fields))})"
    rows = []
    for number in range(ROWS):
        at = DAY + timedelta(days=number // LINES % 20)
        row = {**blank, "line_id": world.lines[number % LINES].pk, "item_id": world.items[0].pk, "day": at.date(), "at": at}
        row["verdict"] = 1
        rows.append([field.get_db_prep_save(row[field.attname], connection) for field in fields])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _write_ledger(world: World, path: Path) -> None:
    numbers = {line.pk: (line.contract.number, line.number) for line in world.lines}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["contract", "line", "day", "time", "item", "verdict"])
        for number in range(ROWS):
            contract, position = numbers[world.lines[number % LINES].pk]
            at = DAY + timedelta(days=number // LINES % 20, minutes=number // (LINES * 20))
            writer.writerow([contract, position, at.date(), f"{at:%H:%M}", world.items[1].key, "pass"])
