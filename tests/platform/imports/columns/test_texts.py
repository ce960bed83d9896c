from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.imports import reasons
from duban.platform.imports.columns import Code, Text, Wrong
from duban.platform.imports.columns.base import as_text
from duban.platform.sheets.problems import Reason

TEXT = Text("name", zh="名称", en="Name", limit=10)
CODE = Code("code", zh="编号", en="Code", limit=18)


def _reason(column: Text | Code, cell: object) -> Reason:
    with pytest.raises(Wrong) as caught:
        column.parse(cell)
    return caught.value.reason


@given(st.text(max_size=10))
def test_text_is_kept_but_for_its_edges(text: str) -> None:
    kept = as_text(text)
    if "\n" in kept:
        assert _reason(TEXT, text) == reasons.ONE_LINE
    else:
        assert TEXT.parse(text) == kept


def test_text_of_several_lines_where_wanted() -> None:
    assert Text("note", zh="备注", en="Note", multiline=True).parse("一\r\n二") == "一\n二"


def test_text_too_long_or_a_date() -> None:
    assert _reason(TEXT, "x" * 11) == reasons.TOO_LONG
    assert _reason(TEXT, datetime.fromisoformat("2026-01-01 00:00")) == reasons.NOT_A_TEXT


@pytest.mark.parametrize(
    ("cell", "code"),
    [(1001.0, "1001"), (" P 001 ", "P001"), ("Ｐ００１", "P001"), ("000123", "000123"), (123456789012345.0, "123456789012345")],
)
def test_code(cell: object, code: str) -> None:
    assert CODE.parse(cell) == code


def test_code_whose_digits_excel_has_lost() -> None:
    assert _reason(CODE, 123456789012345678.0) == reasons.DIGITS_LOST


def test_code_by_pattern_case_and_check_digit() -> None:
    even = Code("n", zh="号", en="No", pattern=r"[A-Z]\d+", upper=True, check=lambda code: int(code[1:]) % 2 == 0)
    assert even.parse("a12") == "A12"
    assert _reason(even, "12") == reasons.WRONG_PATTERN
    assert _reason(even, "A13") == reasons.WRONG_CHECK_DIGIT
    assert _reason(CODE, "x" * 19) == reasons.TOO_LONG
    assert _reason(CODE, datetime.fromisoformat("2026-01-01 00:00")) == reasons.NOT_A_TEXT
