"""From records to parsed rows, without file and database."""

from collections.abc import Sequence
from typing import Any

import pytest

from duban.platform.imports import reading as reading_module
from duban.platform.imports.reading import Reading, heading_score, read_rows, references
from duban.platform.sheets.readers import Table
from duban.platform.sheets.workbook_facts import Merged, SheetFacts
from tests.platform.imports.estates import ESTATES

HEADINGS = ["项目编号", "项目名称", "所属单位", "城市", "建筑面积"]
GOOD = ["P001", "翠湖花园", "甲一项目部", "上海", 1234.5]


def _read(
    *records: Sequence[object], facts: SheetFacts | None = None, is_text: bool = False, row_limit: int = 100
) -> tuple[Reading, list[int]]:
    told: list[int] = []
    table = Table("数据", iter(records), facts or SheetFacts(), is_text=is_text)
    return read_rows(table, ESTATES, row_limit=row_limit, advance=told.append), told


def _wrong(found: Reading) -> list[tuple[str, str]]:
    return [(problem.place, problem.why) for problem in found.problems]


def test_rows_keep_the_number_they_have_in_the_sheet() -> None:
    found, _ = _read(["在管项目一览"], HEADINGS, GOOD, [], ["P002", *GOOD[1:]])
    assert [(row.number, row["external_number"]) for row in found.rows] == [(3, "P001"), (5, "P002")]
    assert (found.problems, found.row_count) == ([], 2)


def test_a_column_that_is_not_there_has_its_default() -> None:
    found, _ = _read(HEADINGS, GOOD)
    assert (found.rows[0]["kind"], found.rows[0]["household_count"]) == ("residential", 0)


@pytest.mark.parametrize(
    ("headings", "wrong"),
    [
        (["随便", "什么"], [("", "No row of headings is found in the first 10 rows.")]),
        ([*HEADINGS[:4], "建筑面和"], [("E1", "This heading is not known here.")]),
        ([*HEADINGS, "楼宇经理的电话"], [("F1", "This heading is not known here.")]),
        ([*HEADINGS, "小区名称"], [("F1", "The column “小区名称” is there twice.")]),
        (HEADINGS[1:], [("1", "The column “项目编号 / Estate number” is missing.")]),
    ],
)
def test_headings_that_cannot_be_placed(headings: list[str], wrong: list[tuple[str, str]]) -> None:
    found, _ = _read(headings, GOOD[5 - len(headings) :] if len(headings) < 5 else GOOD)
    assert _wrong(found)[: len(wrong)] == wrong


def test_a_misspelt_heading_is_answered_with_the_right_one() -> None:
    found, _ = _read([*HEADINGS[:4], "建筑面和"], GOOD)
    assert found.problems[0].mend == "Did you mean “建筑面积”? Rename it, or delete the column."


def test_headings_without_rows_are_no_table() -> None:
    assert _wrong(_read(HEADINGS)[0]) == [("", "There are headings but no rows below them.")]


def test_formulas_errors_and_merged_cells_stand_with_their_cells() -> None:
    facts = SheetFacts(formulas=((2, 4), (2, 9)), errors=((2, 1),), merged=(Merged(2, 0, 3, 1), Merged(1, 0, 0, 0)))
    assert [place for place, _ in _wrong(_read(HEADINGS, GOOD, facts=facts)[0])] == ["E2", "B2", "A2"]


def test_a_formula_in_a_text_file_is_refused_and_a_defused_one_is_restored() -> None:
    assert _wrong(_read(HEADINGS, ["P001", "=1+1", *GOOD[2:]], is_text=True)[0])[0][0] == "B2"
    assert _read(HEADINGS, ["P001", "'=1+1", *GOOD[2:]], is_text=True)[0].rows[0]["name"] == "=1+1"


def test_values_outside_every_column_are_not_dropped_in_silence() -> None:
    assert _wrong(_read(HEADINGS, [*GOOD, "", "?"])[0]) == [("G2", "There is a value in a column without heading.")]


def test_a_second_row_of_the_same_key_names_the_first() -> None:
    found, _ = _read(HEADINGS, GOOD, GOOD)
    assert [(item.place, dict(item.params)["first"]) for item in found.problems] == [("A3", "2")]


def test_the_limit_of_rows_stops_the_reading() -> None:
    found, _ = _read(HEADINGS, *[[f"P{number}", *GOOD[1:]] for number in range(5)], row_limit=3)
    assert (len(found.rows), len(found.problems)) == (3, 1)


def test_problems_above_the_cap_are_counted_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MOST_PROBLEMS", 3)
    found, _ = _read(HEADINGS, *[["", *GOOD[1:]] for _ in range(9)])
    assert (len(found.problems), found.problem_count, found.rows) == (3, 9, [])


def test_progress_is_told_every_so_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "STEP", 2)
    assert _read(HEADINGS, *[[f"P{number}", *GOOD[1:]] for number in range(5)])[1] == [2, 4]


def test_known_headings_are_counted_once_and_references_are_the_columns_to_look_up() -> None:
    record: list[Any] = ["项目名称", "小区名称", "城市", None, 3]
    assert heading_score(ESTATES)(record) == 2
    assert [column.key for column in references(ESTATES)] == ["office"]
