from datetime import date

import pytest

from duban.inspections.importers import CHECK_RESULTS
from duban.inspections.models import CheckResult, Finding
from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import
from tests.factories.inspections import make_line, make_place
from tests.platform.imports.files import write_csv, write_xlsx

HEADINGS = ["合同编号", "合同行", "检查日期", "检查时间", "检查项目", "点位", "结果", "严重程度", "检查人", "说明"]


@pytest.fixture
def line(world):
    make_place(world.ours.estate, "11栋")
    return make_line(world.ours)


def rows(line, *verdicts, day="2026-10-05"):
    same = [line.contract.code, "1", day]
    more = ["floors.handrail", "11栋"]
    return [[*same, f"09:{minute:02d}", *more, verdict, "一般", None, "有灰"] for minute, verdict in enumerate(verdicts)]


def imported(path, world):
    return run_import(path, kind="check_results", actor=world.actor("quality_manager"))


def test_a_ledger_comes_in_and_a_second_time_changes_nothing(tmp_path, world, line):
    path = write_xlsx(tmp_path / "a.xlsx", HEADINGS, rows(line, "合格", "不合格"))
    first = imported(path, world)
    assert (first.stage, first.created_count, first.unchanged_count) == ("done", 2, 0)
    again = imported(path, world)
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 0, 2)
    result = CheckResult.objects.get(verdict=0)
    assert (result.day, result.severity, result.place.name, result.note) == (date(2026, 10, 5), 1, "11栋", "有灰")
    assert Finding.objects.get().check_result == result


def test_english_headings_and_gbk_are_read(tmp_path, world, line):
    headings = ["Contract", "Contract line", "Day", "Item", "Verdict"]
    path = write_csv(tmp_path / "a.csv", headings, [[line.contract.number, 1, "2026-10-05", "2", "合格"]], encoding="gbk")
    assert imported(path, world).created_count == 1
    assert CheckResult.objects.get().item.key == "floors.lamp"


@pytest.mark.parametrize(
    ("column", "value"),
    [(0, "CT-9"), (1, "7"), (2, "2025-12-31"), (2, "2026-12-01"), (4, "nonsense"), (5, "99栋"), (6, "也许"), (8, "谁")],
)
def test_a_faulty_row_refuses_the_whole_file(tmp_path, world, line, column, value):
    ledger = rows(line, "合格", "合格")
    ledger[1][column] = value
    run = imported(write_xlsx(tmp_path / "a.xlsx", HEADINGS, ledger), world)
    assert run.stage == "refused"
    assert CheckResult.objects.count() == 0


def test_the_same_check_twice_and_another_verdict_are_refused(tmp_path, world, line):
    twice = rows(line, "合格") * 2
    assert imported(write_xlsx(tmp_path / "a.xlsx", HEADINGS, twice), world).stage == "refused"
    imported(write_xlsx(tmp_path / "b.xlsx", HEADINGS, rows(line, "合格")), world)
    assert imported(write_xlsx(tmp_path / "c.xlsx", HEADINGS, rows(line, "不合格")), world).stage == "refused"
    assert CheckResult.objects.count() == 1


def test_what_goes_out_has_the_columns_that_come_in(tmp_path, world, line):
    imported(write_xlsx(tmp_path / "a.xlsx", HEADINGS, rows(line, "合格", "不合格")), world)
    path = tmp_path / "out.csv"
    assert write_export("check_results", path, actor=world.actor("auditor"), form="csv") == 2
    assert CHECK_RESULTS.columns[0].zh in path.read_text(encoding="utf-8-sig")
    assert write_export("check_results", path, actor=world.actor("their auditor"), form="csv") == 0
