"""From a table to parsed rows, with everything that is wrong on the way."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from duban.platform.imports import reasons
from duban.platform.imports.columns import Column, Reference, Wrong
from duban.platform.imports.columns.base import as_text, fold, fold_heading
from duban.platform.imports.importer import Importer, ImportRow, RowProblem
from duban.platform.sheets import reasons as file_reasons
from duban.platform.sheets.defuse import restore
from duban.platform.sheets.problems import Problem, Reason, as_texts, column_letter, shown
from duban.platform.sheets.readers import Table

HEADINGS_WITHIN = 10
MOST_PROBLEMS = 1000
NAMED_HEADINGS = 12
STEP = 2000

Advance = Callable[[int], None]


@dataclass
class Reading:
    """What has been read so far: where the columns stand, the rows, the problems."""

    importer: Importer
    sheet: str = ""
    places: dict[str, int] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    rows: list[ImportRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    row_count: int = 0

    @cached_property
    def placed(self) -> tuple[tuple[Column, int], ...]:
        """The columns that the file has, with where they stand; asked for once the headings are read."""
        return tuple((column, self.places[column.key]) for column in self.importer.columns if column.key in self.places)

    @cached_property
    def is_complete(self) -> bool:
        """Whether the file has all columns it must have; without them no row is sound."""
        return all(column.key in self.places for column in self.importer.columns if column.required)

    @cached_property
    def defaults(self) -> dict[str, object]:
        """What a row has by itself, column by column."""
        return {column.key: column.default for column in self.importer.columns}

    def add(self, reason: Reason, *, row: int = 0, place: int | None = None, value: object = "", **params: object) -> None:
        """Note one problem; above the cap it is only counted."""
        self.problem_count += 1
        if len(self.problems) >= MOST_PROBLEMS:
            return
        column = "" if place is None else column_letter(place)
        heading = self.headings[place] if place is not None and place < len(self.headings) else ""
        self.problems.append(Problem(reason, self.sheet, row, column, heading, shown(value), as_texts(params)))

    def add_row_problem(self, found: RowProblem) -> None:
        """Note what a check over all rows found."""
        self.add(found.reason, row=found.row, place=self.places.get(found.key), value=found.value, **found.params)


def heading_score(importer: Importer) -> Callable[[Sequence[object]], int]:
    """How many known headings a record holds."""
    return lambda record: len({column.key for cell in record if (column := _column(importer, as_text(cell)))})


def read_rows(table: Table, importer: Importer, *, row_limit: int, advance: Advance) -> Reading:
    """Parse every row of the table. Nothing is raised: everything wrong stands in `problems`."""
    reading = Reading(importer, table.sheet)
    records = enumerate(table.records, start=1)
    top = list(islice(records, HEADINGS_WITHIN))
    heading_row = _find_headings(reading, [record for _number, record in top])
    if heading_row == 0:
        return reading
    _check_facts(reading, table, heading_row)
    for number, record in (*top[heading_row:], *records):
        if not any(as_text(cell) for cell in record):
            continue
        reading.row_count += 1
        if reading.row_count > row_limit:
            reading.add(file_reasons.TOO_MANY_ROWS, limit=f"{row_limit:,}")
            return reading
        _read_row(reading, number, record, is_text=table.is_text)
        if reading.row_count % STEP == 0:
            advance(reading.row_count)
    if reading.row_count == 0 and not reading.problems:
        reading.add(reasons.NO_ROWS)
    _check_unique(reading)
    return reading


def _column(importer: Importer, text: str) -> Column | None:
    return importer.by_name.get(fold(text)) or importer.by_name.get(fold_heading(text))


def _find_headings(reading: Reading, top: Sequence[Sequence[object]]) -> int:
    """Number of the row of headings (0 if there is none); notes which column stands where."""
    score = heading_score(reading.importer)
    best = max(range(len(top)), key=lambda place: (score(top[place]), -place), default=0)
    expected = ", ".join(column.zh for column in reading.importer.columns[:NAMED_HEADINGS])
    if not top or score(top[best]) == 0:
        reading.add(reasons.NO_HEADINGS, limit=HEADINGS_WITHIN, expected=expected)
        return 0
    reading.headings = [as_text(cell) for cell in top[best]]
    for place, text in enumerate(reading.headings):
        _place_heading(reading, place, text, best + 1)
    for column in reading.importer.columns:
        if column.required and column.key not in reading.places:
            reading.add(reasons.MISSING_HEADING, row=best + 1, heading=f"{column.zh} / {column.en}")
    return best + 1


def _place_heading(reading: Reading, place: int, text: str, row: int) -> None:
    column = _column(reading.importer, text)
    if not text:
        return
    if column is None:
        names = [name for item in reading.importer.columns for name in (item.zh, item.en)]
        similar = difflib.get_close_matches(text[:60], names, n=1, cutoff=0.6)
        if similar:
            reading.add(reasons.SIMILAR_HEADING, row=row, place=place, value=text, similar=similar[0])
        else:
            expected = ", ".join(item.zh for item in reading.importer.columns[:NAMED_HEADINGS])
            reading.add(reasons.UNKNOWN_HEADING, row=row, place=place, value=text, expected=expected)
    elif column.key in reading.places:
        reading.add(reasons.DOUBLE_HEADING, row=row, place=place, value=text, heading=text)
    else:
        reading.places[column.key] = place


def _check_facts(reading: Reading, table: Table, heading_row: int) -> None:
    used = set(reading.places.values())
    for reason, cells in ((reasons.FORMULA, table.facts.formulas), (reasons.ERROR_CELL, table.facts.errors)):
        for row, place in cells:
            if row >= heading_row and place in used:
                reading.add(reason, row=row, place=place)
    for merged in table.facts.merged:
        if merged.last_row >= heading_row:
            first = f"{column_letter(merged.first_column)}{merged.first_row}"
            last = f"{column_letter(merged.last_column)}{merged.last_row}"
            reading.add(reasons.MERGED, row=merged.first_row, place=merged.first_column, range=f"{first}:{last}")


def _read_row(reading: Reading, number: int, record: Sequence[object], *, is_text: bool) -> None:
    values: dict[str, Any] = dict(reading.defaults)
    is_good = reading.is_complete
    for column, place in reading.placed:
        cell = record[place] if place < len(record) else None
        try:
            values[column.key] = _parse(column, cell, is_text=is_text)
        except Wrong as wrong:
            is_good = False
            reading.add(wrong.reason, row=number, place=place, value=cell, **wrong.params)
    for place, cell in _unnamed(reading, record):
        is_good = False
        reading.add(reasons.UNNAMED_COLUMN, row=number, place=place, value=cell)
    if is_good:
        reading.rows.append(ImportRow(number, values))


def _parse(column: Column, cell: object, *, is_text: bool) -> object:
    if is_text and isinstance(cell, str):
        if cell.lstrip().startswith("="):
            raise Wrong(reasons.FORMULA)
        cell = restore(cell)
    if not as_text(cell):
        if column.required:
            raise Wrong(reasons.REQUIRED, example=column.example or column.zh)
        return column.default
    return column.parse(cell)


def _unnamed(reading: Reading, record: Sequence[object]) -> Iterator[tuple[int, object]]:
    width = len(reading.headings)
    if len(record) <= width and all(reading.headings):
        return
    for place, cell in enumerate(record):
        if (place >= width or not reading.headings[place]) and as_text(cell):
            yield place, cell


def _check_unique(reading: Reading) -> None:
    for keys in reading.importer.unique:
        names = " + ".join(reading.importer.by_key[key].zh for key in keys)
        first_rows: dict[tuple[Any, ...], int] = {}
        for row in reading.rows:
            identity = tuple(row[key] for key in keys)
            if all(value is None or value == "" for value in identity):
                continue
            first = first_rows.setdefault(identity, row.number)
            if first != row.number:
                value = " · ".join(str(item) for item in identity)
                reading.add(
                    reasons.DOUBLE_ROW,
                    row=row.number,
                    place=reading.places.get(keys[-1]),
                    value=value,
                    columns=names,
                    first=first,
                )


def references(importer: Importer) -> list[Reference]:
    """Columns whose values must be looked up."""
    return [column for column in importer.columns if isinstance(column, Reference)]
