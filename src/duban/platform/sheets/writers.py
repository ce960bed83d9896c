"""Writing rows as workbook, CSV or JSON lines, one row in memory at a time."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

import xlsxwriter
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from duban.platform.sheets.defuse import defuse

BYTE_ORDER_MARK = "\ufeff"
LONGEST_CELL = 32_767
DIGITS_EXCEL_KEEPS = 15
WIDE_FROM = 0x2E80


class CellKind(StrEnum):
    """How a spreadsheet shows the cells of a column."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True)
class SheetColumn:
    """One column going out: heading, how its cells look, decimals of numbers and percentages."""

    heading: str
    kind: CellKind = CellKind.TEXT
    places: int = 0

    @property
    def number_format(self) -> str:
        """The spreadsheet's format of the column."""
        decimals = f".{'0' * self.places}" if self.places else ""
        formats = {
            CellKind.NUMBER: f"#,##0{decimals}",
            CellKind.PERCENT: f"0{decimals}%",
            CellKind.DATE: "yyyy-mm-dd",
            CellKind.DATETIME: "yyyy-mm-dd hh:mm",
        }
        return formats.get(self.kind, "@")

    @property
    def width(self) -> int:
        """Width in characters; a Chinese sign counts twice."""
        return max(12, min(40, 3 + sum(2 if ord(sign) > WIDE_FROM else 1 for sign in self.heading)))


Cells = Sequence[object]


def write_xlsx(stream: IO[bytes], columns: Sequence[SheetColumn], rows: Iterable[Cells], *, sheet_name: str = "") -> int:
    """Write one sheet to `stream` and return the number of rows. Texts stay texts: nothing becomes a formula or a link."""
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(sheet_title(sheet_name))
    heading = book.add_format({"bold": True, "bg_color": "#EEF2F6", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    formats = [book.add_format({"num_format": column.number_format}) for column in columns]
    for place, (column, cell_format) in enumerate(zip(columns, formats, strict=True)):
        sheet.set_column(place, place, column.width, cell_format)
        sheet.write_string(0, place, column.heading, heading)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            write_cell(sheet, count, place, value, formats[place])
    book.close()
    return count


def sheet_title(name: str) -> str:
    """`name` as a sheet may be called: without the signs Excel forbids, at most 31 long."""
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:31] or "Sheet1"


def write_cell(sheet: Worksheet, row: int, place: int, value: object, cell_format: Format | None = None) -> None:
    """Write one value by its Python type. Numbers with more digits than Excel keeps are written as text."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, cell_format)
    elif isinstance(value, int | float | Decimal) and _fits_number(value):
        sheet.write_number(row, place, float(value), cell_format)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, place, _naive(value), cell_format)
    else:
        sheet.write_string(row, place, str(value)[:LONGEST_CELL], cell_format)


def _fits_number(value: float | Decimal) -> bool:
    digits = Decimal(str(value)).as_tuple().digits
    return Decimal(str(value)).is_finite() and len(digits) <= DIGITS_EXCEL_KEEPS


def _naive(value: date | time) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


class _Line:
    """A file-like end of the csv writer that hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[SheetColumn], rows: Iterable[Cells]) -> Iterator[str]:
    """The lines of a CSV text, the byte order mark first (Excel needs it for Chinese); formula starts are defused."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + str(writer.writerow([defuse(column.heading) for column in columns]))
    for row in rows:
        yield str(writer.writerow([csv_text(value) for value in row]))


def csv_text(value: object) -> str:
    """One value as text: ISO dates, local times, plain digits; texts defused."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{_naive(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return defuse(value) if isinstance(value, str) else str(value)


def json_lines(keys: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """One JSON object a line, keys in the given order; decimals and dates as texts."""
    for row in rows:
        yield json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False, cls=ExactEncoder) + "\n"


class ExactEncoder(DjangoJSONEncoder):
    """Like Django's, but keeps microseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def write_book(stream: IO[bytes], sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Several sheets of texts, the first row of each as headings; a text that looks like a formula stays a text."""
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        heading, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max((len(row) for row in rows), default=1) - 1, 24)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value:
                        sheet.write_string(number, place, value, text if number else heading)
