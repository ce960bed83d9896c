"""The template goes out, is filled in, and comes in again."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.imports.models import Stage
from duban.platform.imports.services import run_import, write_template
from tests.platform.imports.files import write_xlsx

pytestmark = pytest.mark.django_db


def _headings(path: Path) -> list[str]:
    return [str(cell) for cell in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]]


@pytest.mark.parametrize(
    ("language", "headings", "row"),
    [
        ("zh-hans", ["项目编号*", "项目名称*", "所属单位*", "业态"], ["P1", "翠湖", "甲一项目部", "商场", "上海", None, 10, 1]),
        (
            "en",
            ["Estate number*", "Estate name*", "Office*", "Kind"],
            ["P1", "Lake", "甲一项目部", "Mall", "Shanghai", None, 10, 1],
        ),
    ],
)
def test_filled_template_is_imported(
    tmp_path: Path, admin: Actor, language: str, headings: list[str], row: list[object]
) -> None:
    template = tmp_path / "template.xlsx"
    write_template("estates", template, language=language)
    assert _headings(template)[:4] == headings
    filled = write_xlsx(tmp_path / "filled.xlsx", _headings(template), [row])
    assert run_import(filled, kind="estates", actor=admin).stage == Stage.DONE
    assert Estate.objects.get(external_number="P1").kind == "mall"


def test_empty_template_itself_is_refused_for_its_rows_only(tmp_path: Path, admin: Actor) -> None:
    template = tmp_path / "template.xlsx"
    write_template("estates", template)
    run = run_import(template, kind="estates", actor=admin)
    assert [problem.why for problem in run.found_problems] == ["There are headings but no rows below them."]


def test_template_explains_and_offers_lists(tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    write_template("estates", template)
    book = CalamineWorkbook.from_path(template)
    assert [item.name for item in book.sheets_metadata] == ["项目", "说明", "选项"]
    assert book.sheets_metadata[2].visible == SheetVisibleEnum.Hidden
    notes = book.get_sheet_by_name("说明").to_python()
    assert [line[0] for line in notes[-8:]][:3] == ["项目编号", "项目名称", "所属单位"]
    assert book.get_sheet_by_name("选项").to_python() == [["住宅"], ["商场"]]


def test_unknown_kind(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Known are: estates"):
        write_template("nothing", tmp_path / "t.xlsx")
