"""Headings and cells as people write them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.imports.columns import Text
from duban.platform.imports.columns.base import as_text, fold, fold_heading, narrow


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        (" 翠湖\u3000", "翠湖"),
        ("\ufeffA\u200bB\r", "AB"),
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        (1234567.25, "1234567.25"),
        (True, "TRUE"),
        (date(2026, 10, 31), "2026-10-31"),
        (datetime.fromisoformat("2026-10-31 09:05"), "2026-10-31 09:05:00"),
        (time(9, 5), "09:05:00"),
    ],
)
def test_cell_as_text(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_full_width_signs_become_ordinary() -> None:
    assert narrow("　ＡＢ－１２３　") == "AB-123"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert as_text(as_text(text)) == as_text(text)


@pytest.mark.parametrize(
    "heading", ["建筑面积", "建筑面积*", " 建筑面积 (m²)", "建筑面积（平方米）*", "Area", "AREA [m2]", "floor area", "area_m2"]
)
def test_heading_is_found(heading: str) -> None:
    column = Text("area_m2", zh="建筑面积", en="Area", aliases=("Floor area",))
    assert {fold(heading), fold_heading(heading)} & column.names


@pytest.mark.parametrize("heading", ["面积", "建筑", "建筑面积合计", ""])
def test_other_heading_is_not_found(heading: str) -> None:
    assert not {fold(heading), fold_heading(heading)} & Text("area_m2", zh="建筑面积", en="Area").names


def test_heading_that_has_brackets_of_its_own_is_found() -> None:
    column = Text("rate", zh="合格率(月)", en="Pass rate (month)")
    assert fold("合格率（月）") in column.names
