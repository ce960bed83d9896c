"""Workbooks with what people and programs put into them."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.platform.sheets.problems import FileRefused
from duban.platform.sheets.readers import fetch, open_table
from duban.platform.sheets.workbook_facts import Merged, read_facts

LIMIT = 50 * 1024 * 1024


def _open(path: Path) -> list[list[object]]:
    return [list(record) for record in open_table(path, size_limit=LIMIT, score=lambda _record: 0).records]


def _reason(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        _open(path)
    return caught.value.problems[0].why


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def test_rows_keep_their_numbers_from_the_first_row_on(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"数据": [[], ["", "甲"], [], ["乙"]]})
    assert _open(path) == [["", ""], ["", "甲"], ["", ""], ["乙", ""]]


def test_notes_and_empty_sheets_do_not_count_but_a_second_table_does(tmp_path: Path) -> None:
    assert _open(_book(tmp_path / "a.xlsx", {"数据": [["甲"]], "说明": [["x"]], "Sheet2": []})) == [["甲"]]
    assert _reason(_book(tmp_path / "b.xlsx", {"一": [["甲"]], "二": [["乙"]]})) == "More than one sheet holds rows: 一, 二."
    assert _reason(_book(tmp_path / "c.xlsx", {"一": []})) == "The file is empty."


def test_facts_tell_formulas_errors_and_merged_ranges(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("数据")
    sheet.write_formula("B2", "=1+1", None, 2)
    sheet.write_array_formula("C3:C4", "{=A1:A2}", None, 1)
    sheet.merge_range("D5:E6", "x")
    book.close()
    facts = read_facts(tmp_path / "a.xlsx")["数据"]
    assert (facts.formulas, facts.merged) == (((2, 1), (3, 2)), (Merged(5, 3, 6, 4),))


def test_error_value_without_formula_is_seen(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"数据": [["甲"], ["乙"]]})
    _replace(path, "xl/worksheets/sheet1.xml", b'<c r="A2" t="s"><v>1</v></c>', b'<c r="A2" t="e"><v>#N/A</v></c>')
    assert read_facts(path)["数据"].errors == ((2, 0),)


def test_sheet_that_reaches_absurdly_far_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"数据": [["甲"]]})
    _replace(path, "xl/worksheets/sheet1.xml", b'<c r="A1" t="s">', b'<c r="XFD1048576"><v>1</v></c><c r="A1" t="s">')
    assert _reason(path) == "The sheet reaches as far as cell XFD1048576, much further than the columns of this import."


def test_other_packages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", "<x/>")
    assert _reason(path) == "This kind of workbook is not read here."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=60))
def test_damaged_workbook_is_read_or_refused_but_never_crashes(tmp_path: Path, place: float, junk: bytes) -> None:
    whole = _book(tmp_path / "a.xlsx", {"数据": [["甲", 1], ["乙", 2]]}).read_bytes()
    start = int(place * len(whole))
    path = tmp_path / "b.xlsx"
    path.write_bytes(whole[:start] + junk + whole[start + len(junk) :])
    try:
        _open(path)
    except FileRefused as refused:
        assert refused.problems[0].mend  # noqa: PT017 - both outcomes are right


def test_fetched_file_is_gone_afterwards(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"abc")
    with source.open("rb") as stream, fetch(stream) as path:
        assert path.read_bytes() == b"abc"
    assert not path.exists()


def _replace(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
