"""Real files, made on the fly."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

Rows = Iterable[Sequence[object]]


def write_xlsx(
    path: Path, headings: Sequence[str], rows: Rows, *, formulas: dict[str, str] | None = None, merged: str = ""
) -> Path:
    """A workbook with one sheet; `formulas` puts formulas into cells (`{"C3": "=1+1"}`), `merged` merges a range."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("数据")
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([headings, *rows]):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, dates)  # type: ignore[arg-type]  # dates are accepted too
            elif value is not None:
                sheet.write(number, place, value)
    for cell, formula in (formulas or {}).items():
        sheet.write_formula(cell, formula, None, 2)
    if merged:
        sheet.merge_range(merged, "合并")
    book.close()
    return path


def write_csv(path: Path, headings: Sequence[str], rows: Rows, *, encoding: str = "utf-8", separator: str = ",") -> Path:
    """A CSV text in any encoding with any separator."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([headings, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path
