import pytest

from duban.attendance.models import Slot
from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import
from tests.factories.attendance import make_post
from tests.factories.inspections import make_line
from tests.platform.imports.files import write_xlsx

HEADINGS = ["合同编号", "合同行", "岗位", "日期", "班次", "状态", "计划工时", "实际在岗人员"]


@pytest.fixture
def line(world):
    make_post(world.ours.estate, "东门岗")
    return make_line(world.ours, service_line="security")


def rows(line, *states):
    same = [line.contract.code, "1", "东门岗"]
    return [[*same, f"2026-10-{day:02d}", "夜班", state, 12, "王小明"] for day, state in enumerate(states, 1)]


def imported(path, world):
    return run_import(path, kind="slots", actor=world.actor("quality_manager"))


def test_slots_come_in_change_and_stay(tmp_path, world, line):
    first = imported(write_xlsx(tmp_path / "a.xlsx", HEADINGS, rows(line, "有人", "缺岗")), world)
    assert (first.created_count, first.unchanged_count) == (2, 0)
    second = imported(write_xlsx(tmp_path / "b.xlsx", HEADINGS, rows(line, "有人", "待复核", "休息")), world)
    assert (second.created_count, second.updated_count, second.unchanged_count) == (1, 1, 1)
    assert list(Slot.objects.order_by("day").values_list("state", flat=True)) == ["present", "review", "off"]
    assert write_export("slots", tmp_path / "out.csv", actor=world.actor("auditor"), form="csv") == 3


@pytest.mark.parametrize(("column", "value"), [(2, "西门岗"), (3, "2027-01-01"), (4, "凌晨"), (5, "不知道"), (6, 25)])
def test_a_faulty_row_refuses_the_whole_file(tmp_path, world, line, column, value):
    ledger = rows(line, "有人", "有人")
    ledger[1][column] = value
    assert imported(write_xlsx(tmp_path / "a.xlsx", HEADINGS, ledger), world).stage == "refused"
    assert Slot.objects.count() == 0


def test_a_post_name_used_twice_is_not_guessed(tmp_path, world, line):
    make_post(world.ours.estate, "东门岗 ")
    world.ours.estate.posts.filter(name="东门岗 ").update(name="东门岗", service_line="cleaning")
    assert imported(write_xlsx(tmp_path / "a.xlsx", HEADINGS, rows(line, "有人")), world).stage == "refused"
