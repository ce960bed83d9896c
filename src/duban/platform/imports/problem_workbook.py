"""The refused file given back: every problem, and the rows at fault with their cells marked."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from duban.platform.imports.importer import Importer
from duban.platform.imports.reading import heading_score
from duban.platform.imports.template_workbook import BOOK_OPTIONS
from duban.platform.sheets.problems import FileRefused, Problem, column_place
from duban.platform.sheets.readers import open_table
from duban.platform.sheets.writers import write_cell

Cells = dict[tuple[int, int], list[str]]


def write_problems(stream: IO[bytes], problems: Sequence[Problem], *, path: Path | None, importer: Importer) -> None:
    """Write both sheets; the second is left out where the file cannot be read at all."""
    book = xlsxwriter.Workbook(stream, {**BOOK_OPTIONS, "default_date_format": "yyyy-mm-dd hh:mm"})
    bold = book.add_format({"bold": True})
    _write_list(book.add_worksheet(gettext("Problems")), problems, bold)
    rows = {problem.row for problem in problems if problem.row}
    if path is not None and rows:
        sheet = book.add_worksheet(gettext("Rows at fault"))
        faulty = book.add_format({"bg_color": "#F8D7DA", "border": 1})
        _write_rows(sheet, _records(path, importer, rows), _by_cell(problems), faulty)
    book.close()


def _write_list(sheet: Worksheet, problems: Sequence[Problem], bold: Format) -> None:
    place_heads = (gettext("Sheet"), gettext("Row"), gettext("Column"), gettext("Heading"), gettext("Value"))
    heads = (*place_heads, gettext("What is wrong"), gettext("How to mend it"))
    for place, (head, width) in enumerate(zip(heads, (14, 8, 8, 20, 28, 52, 52), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, bold)
    for number, item in enumerate(problems, start=1):
        cells = (item.sheet, item.row or "", item.column, item.heading, item.value, item.why, item.mend)
        for place, value in enumerate(cells):
            write_cell(sheet, number, place, value)
    sheet.freeze_panes(1, 0)


def _write_rows(sheet: Worksheet, records: Iterator[tuple[int, Sequence[object]]], faults: Cells, faulty: Format) -> None:
    sheet.write_string(0, 0, gettext("Row"))
    for line, (number, record) in enumerate(records, start=1):
        sheet.write_number(line, 0, number)
        for place, cell in enumerate(record):
            notes = faults.get((number, place))
            write_cell(sheet, line, place + 1, cell, faulty if notes else None)
            if notes:
                if cell in ("", None):
                    sheet.write_blank(line, place + 1, None, faulty)
                sheet.write_comment(line, place + 1, "\n".join(notes)[:1000])


def _by_cell(problems: Sequence[Problem]) -> Cells:
    cells: Cells = defaultdict(list)
    for problem in problems:
        if problem.row and problem.column:
            cells[problem.row, column_place(problem.column)].append(f"{problem.why} {problem.mend}")
    return cells


def _records(path: Path, importer: Importer, wanted: set[int]) -> Iterator[tuple[int, Sequence[object]]]:
    """The headings' row and the rows at fault."""
    score: Callable[[Sequence[object]], int] = heading_score(importer)
    try:
        table = open_table(path, size_limit=settings.DUBAN_IMPORT_LIMIT, score=score)
        for number, record in enumerate(table.records, start=1):
            if number in wanted or (number < min(wanted) and score(record)):
                yield number, record
            if number >= max(wanted):
                return
    except FileRefused:
        return
