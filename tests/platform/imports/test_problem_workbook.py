"""The refused file given back as a workbook."""

from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from duban.platform.imports import reasons
from duban.platform.imports.problem_workbook import write_problems
from duban.platform.sheets.problems import Problem
from tests.platform.imports.estates import ESTATES
from tests.platform.imports.files import write_xlsx

HEADINGS = ["项目编号", "项目名称", "所属单位", "城市"]
ROWS = [["P001", "翠湖花园", "甲一项目部", "上海"], ["P002", "", "甲二项目部", "上海"], ["P003", "悦府", "甲二项目部", ""]]
PROBLEMS = [
    Problem(reasons.REQUIRED, "数据", 4, "B", "项目名称", "", {"example": "翠湖花园"}),
    Problem(reasons.REQUIRED, "数据", 5, "D", "城市", "", {"example": "城市"}),
]


def _written(problems: list[Problem], path: Path | None) -> dict[str, list[list[object]]]:
    stream = BytesIO()
    write_problems(stream, problems, path=path, importer=ESTATES)
    stream.seek(0)
    book = CalamineWorkbook.from_filelike(stream)
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_every_problem_has_a_line_with_its_remedy(tmp_path: Path) -> None:
    listed = _written(PROBLEMS, None)
    assert list(listed) == ["Problems"]
    first = listed["Problems"][1]
    assert first[:4] == ["数据", 4.0, "B", "项目名称"]
    assert first[5:] == ["The cell is empty, but a value is needed.", "Fill it in, for example: 翠湖花园."]


def test_only_rows_at_fault_come_back_below_the_headings(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ["在管项目一览"], [HEADINGS, *ROWS])
    rows = _written(PROBLEMS, path)["Rows at fault"]
    assert [row[:3] for row in rows[1:]] == [[2.0, *HEADINGS[:2]], [4.0, "P002", ""], [5.0, "P003", "悦府"]]


def test_a_problem_of_the_whole_file_needs_no_rows(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", HEADINGS, ROWS)
    assert list(_written([Problem(reasons.NO_ROWS, "数据")], path)) == ["Problems"]


def test_a_file_that_cannot_be_read_any_more_gives_its_problems_at_least(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    sheets = _written(PROBLEMS, path)
    assert len(sheets["Problems"]) == 3
    assert sheets["Rows at fault"] == [["Row"]]
