"""Facts read from the XML of a workbook, in pieces of any size."""

from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from duban.platform.sheets import workbook_facts
from duban.platform.sheets.problems import FileRefused
from duban.platform.sheets.workbook_facts import Merged, SheetFacts, check_package, read_facts


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets; the first holds formulas far apart and merged ranges."""
    path = tmp_path / "a.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("数据")
    for row in range(200):
        sheet.write_row(row, 0, [f"第 {row} 行", row, "一段不短的文字" * 3])
    for row in (3, 90, 199):
        sheet.write_formula(row, 1, "=1+1", None, 2)
    sheet.merge_range("D5:E6", "x")
    sheet.merge_range("D90:D91", "y")
    made.add_worksheet("第二张").write(0, 0, "甲")
    made.close()
    return path


WHOLE = SheetFacts(formulas=((4, 1), (91, 1), (200, 1)), merged=(Merged(5, 3, 6, 4), Merged(90, 3, 91, 3)))


@pytest.mark.parametrize("chunk", [257, 1024, 5000, 4 * 1024 * 1024])
def test_no_fact_is_lost_at_the_seam_of_two_pieces(book: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(workbook_facts, "CHUNK", chunk)
    monkeypatch.setattr(workbook_facts, "OVERLAP", 200)
    assert read_facts(book) == {"数据": WHOLE, "第二张": SheetFacts()}


def _examine(path: Path) -> None:
    check_package(path)
    read_facts(path)


def _why(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        _examine(path)
    return refused.value.problems[0].why


def test_what_is_no_workbook_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing more")
    with ZipFile(tmp_path / "other.xlsx", "w") as package:
        package.writestr("word/document.xml", "<w/>")
    with ZipFile(tmp_path / "hollow.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<not closed")
    reasons = [_why(tmp_path / f"{name}.xlsx") for name in ("broken", "other", "hollow")]
    assert reasons[0] == reasons[2] != reasons[1]


def test_a_package_that_unpacks_to_more_than_memory_holds_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_facts, "LARGEST_UNPACKED", 1000)
    with pytest.raises(FileRefused):
        check_package(book)


def test_an_index_that_is_absurdly_long_is_not_parsed(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_facts, "LARGEST_INDEX", 10)
    with pytest.raises(FileRefused):
        read_facts(book)
