"""References and checks: what needs the database, asked once for all rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.platform.imports import reasons
from duban.platform.imports.columns import Reference
from duban.platform.imports.importer import ImportRow, RowProblem
from duban.platform.imports.reading import Reading, references

Lookup = Callable[..., Mapping[Any, object]]
Check = Callable[..., Iterable[RowProblem]]


def resolve(reading: Reading, *, actor: Actor) -> None:
    """Put what the lookups know in place of the codes; unknown codes become problems. One query per reference column."""
    columns = references(reading.importer)
    codes = {column.key: [_code(column, row) for row in reading.rows] for column in columns}
    bad_rows: set[int] = set()
    for column in columns:
        wanted = {code for code in codes[column.key] if code is not None}
        known = _ask(column.lookup, wanted, actor=actor) if wanted else {}
        for row, code in zip(reading.rows, codes[column.key], strict=True):
            if code is None:
                continue
            if code in known:
                row.values[column.key] = known[code]
            else:
                bad_rows.add(row.number)
                reading.add_row_problem(row.problem(column.key, reasons.UNKNOWN_CODE))
    if bad_rows:
        reading.rows = [row for row in reading.rows if row.number not in bad_rows]


def check(reading: Reading, *, actor: Actor) -> None:
    """Run the importer's own check over the rows that are sound so far."""
    if reading.importer.check and reading.rows:
        found = cast("Check", import_string(reading.importer.check))(reading.rows, actor=actor)
        for problem in found:
            reading.add_row_problem(problem)


def _ask(path: str, codes: Collection[Any], *, actor: Actor) -> Mapping[Any, object]:
    return cast("Lookup", import_string(path))(codes, actor=actor)


def _code(column: Reference, row: ImportRow) -> Any:
    own = row.values[column.key]
    if own is None or own == "":
        return None
    if not column.also:
        return own
    return (*(row.values.get(key) for key in column.also), own)
