"""Opening a table whatever it was saved as. The content decides what a file is, never its name."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from duban.platform.sheets import reasons
from duban.platform.sheets.problems import refuse
from duban.platform.sheets.texts import Score, read_csv
from duban.platform.sheets.workbook_facts import SheetFacts, check_package, read_facts

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIDE_SHEETS = frozenset({"说明", "选项", "Notes", "Options"})
"""Sheets of our own templates that hold no rows."""

NO_FACTS = SheetFacts()


@dataclass(frozen=True)
class Table:
    """One table as a stream of records; the first record is row 1. `is_text` marks a CSV, whose cells are all texts."""

    sheet: str
    records: Iterator[Sequence[object]]
    facts: SheetFacts = NO_FACTS
    is_text: bool = False


def open_table(path: Path, *, size_limit: int, score: Score) -> Table:
    """The one table of a file. Raises `FileRefused` for what is no table, is too large or holds several."""
    size = path.stat().st_size
    if size == 0:
        raise refuse(reasons.EMPTY_FILE)
    if size > size_limit:
        raise refuse(reasons.TOO_LARGE, limit=size_limit // 1024 // 1024)
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(ZIP_START):
        check_package(path)
        return _workbook(path, read_facts(path))
    if start == OLE_START:
        return _workbook(path, {})
    return Table("CSV", iter(read_csv(path, score)), is_text=True)


@contextmanager
def fetch(source: IO[bytes]) -> Iterator[Path]:
    """A stored file, wherever it lies, as a local path for as long as the block runs."""
    with tempfile.NamedTemporaryFile(suffix=".import") as local:
        shutil.copyfileobj(source, local)
        local.flush()
        yield Path(local.name)


def _workbook(path: Path, facts: dict[str, SheetFacts]) -> Table:
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            tables = {name: rows for name in _data_sheets(book) if (rows := _rows(book, name))}
    except (CalamineError, OSError, ValueError) as error:
        raise refuse(reasons.DAMAGED) from error
    if not tables:
        raise refuse(reasons.EMPTY_FILE)
    if len(tables) > 1:
        raise refuse(reasons.SEVERAL_SHEETS, sheets=", ".join(tables))
    ((name, rows),) = tables.items()
    return Table(name, iter(rows), facts.get(name, NO_FACTS))


def _data_sheets(book: CalamineWorkbook) -> list[str]:
    return [
        item.name
        for item in book.sheets_metadata
        if item.visible == SheetVisibleEnum.Visible and item.typ == SheetTypeEnum.WorkSheet and item.name not in SIDE_SHEETS
    ]


def _rows(book: CalamineWorkbook, name: str) -> list[list[object]]:
    """All rows from A1 on; nothing if the sheet holds nothing."""
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    rows = cast("list[list[object]]", sheet.to_python(skip_empty_area=False))
    return rows if any(cell not in ("", None) for row in rows for cell in row) else []


def read_book(path: Path, *, size_limit: int) -> dict[str, list[list[object]]]:
    """Every visible sheet of a small .xlsx, by its name. Raises `FileRefused` for what is no such workbook or too large."""
    if path.stat().st_size > size_limit:
        raise refuse(reasons.TOO_LARGE, limit=size_limit // 1024 // 1024)
    check_package(path)
    read_facts(path)
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            return {name: _rows(book, name) for name in _data_sheets(book)}
    except (CalamineError, OSError, ValueError) as error:
        raise refuse(reasons.DAMAGED) from error
