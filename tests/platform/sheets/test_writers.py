from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from duban.platform.sheets.writers import CellKind, SheetColumn, csv_lines, csv_text, json_lines, sheet_title, write_xlsx

COLUMNS = [
    SheetColumn("名称"),
    SheetColumn("金额", CellKind.NUMBER, 2),
    SheetColumn("日期", CellKind.DATE),
    SheetColumn("时间", CellKind.DATETIME),
    SheetColumn("率", CellKind.PERCENT, 1),
]
MOMENT = datetime(2026, 10, 31, 1, 5, tzinfo=UTC)
ROWS = [
    ["=1+1", Decimal("1234.50"), date(2026, 10, 31), MOMENT, 0.5],
    [None, Decimal("12345678901234567.89"), None, None, True],
]


def test_workbook_keeps_types_and_executes_nothing() -> None:
    stream = BytesIO()
    assert write_xlsx(stream, COLUMNS, ROWS, sheet_name="a/b") == 2
    stream.seek(0)
    sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
    assert (sheet.name, sheet.to_python()) == (
        "ab",
        [
            ["名称", "金额", "日期", "时间", "率"],
            ["=1+1", 1234.5, date(2026, 10, 31), datetime.fromisoformat("2026-10-31 09:05"), 0.5],
            ["", "12345678901234567.89", "", "", True],
        ],
    )


def test_csv_is_marked_local_and_defused() -> None:
    lines = list(csv_lines(COLUMNS, ROWS))
    assert lines[0] == "\ufeff名称,金额,日期,时间,率\r\n"
    assert lines[1] == "'=1+1,1234.50,2026-10-31,2026-10-31 09:05:00,0.5\r\n"


def test_json_lines_are_exact() -> None:
    assert list(json_lines(["a", "b"], [["甲", MOMENT]])) == ['{"a": "甲", "b": "2026-10-31T01:05:00+00:00"}\n']


def test_small_values() -> None:
    assert (csv_text(None), csv_text(time(9, 5)), csv_text(-5), csv_text("-5")) == ("", "09:05:00", "-5", "'-5")
    assert (sheet_title("*"), sheet_title("x" * 40)) == ("Sheet1", "x" * 31)
