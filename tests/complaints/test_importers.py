from datetime import datetime

import pytest

from duban.complaints.models import Complaint
from duban.complaints.selectors.imports import estate_keys
from duban.complaints.services import complaint_move, complaint_validate
from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import
from duban.platform.sealing import unseal
from tests.factories.complaints import SHANGHAI
from tests.factories.inspections import make_line
from tests.platform.imports.files import write_xlsx

HEADINGS = ["投诉编号", "项目", "投诉类别", "受理时间", "投诉内容", "联系方式", "是否有效", "首次答复时间", "办结时间"]


@pytest.fixture
def line(world):
    return make_line(world.ours)


def rows(world, *more):
    what = [world.ours.estate.name, "清洁卫生", "2026-10-12 09:00", "楼道有垃圾", "13800000000", "有效"]
    return [["TS-1", *what, "2026-10-13 10:00", "2026-10-14 10:00"], *more]


def imported(tmp_path, world, ledger):
    path = write_xlsx(tmp_path / "a.xlsx", HEADINGS, ledger)
    return run_import(path, kind="complaints", actor=world.actor("service_desk"))


def test_a_complaint_finds_its_line_its_promise_and_its_state(tmp_path, world, line):
    assert imported(tmp_path, world, rows(world)).created_count == 1
    complaint = Complaint.objects.get()
    assert (complaint.line, complaint.state, complaint.validity) == (line, "closed", "valid")
    assert complaint.due_at == datetime(2026, 10, 15, tzinfo=SHANGHAI)
    assert unseal(complaint.reporter_contact_sealed) == "13800000000"
    again = imported(tmp_path, world, rows(world))
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 0, 1)


def test_a_second_ledger_never_turns_back_what_people_decided(tmp_path, world, line):
    desk = world.actor("service_desk")
    imported(tmp_path, world, rows(world))
    complaint = Complaint.objects.get()
    complaint_validate(actor=desk, complaint=complaint, is_valid=False, reason="重复投诉")
    complaint_move(actor=desk, complaint=complaint, move="reopen", note="业主再来电")
    ledger = rows(world)
    ledger[0][6] = None
    imported(tmp_path, world, ledger)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.validity) == ("reopened", "invalid")


FAULTS = [(1, "无此项目"), (2, "无此类"), (3, "2026-12-31 09:00"), (4, None), (7, "2026-10-11 09:00"), (0, None)]


@pytest.mark.parametrize(("column", "value"), FAULTS)
def test_a_faulty_row_refuses_the_whole_file(tmp_path, world, line, column, value):
    ledger = rows(world)
    ledger[0][column] = value
    assert imported(tmp_path, world, ledger).stage == "refused"
    assert Complaint.objects.count() == 0


def test_contacts_stay_at_home(tmp_path, world, line):
    imported(tmp_path, world, rows(world))
    path = tmp_path / "out.csv"
    assert write_export("complaints", path, actor=world.actor("auditor"), form="csv") == 1
    assert "13800000000" not in path.read_text(encoding="utf-8-sig")


def test_a_ledger_may_name_the_line_and_says_how_far_the_answer_is(tmp_path, world, line):
    headings = [*HEADINGS, "合同编号", "合同行"]
    open_row = rows(world)[0][:7]
    named = [line.contract.code, str(line.number)]
    ledger = [
        [*open_row, "2026-10-13 10:00", None, *named],
        ["TS-2", *open_row[1:], None, None, *named],
        ["TS-3", *open_row[1:2], "报修", *open_row[3:], None, None, None, None],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", headings, ledger)
    run = run_import(path, kind="complaints", actor=world.actor("service_desk"))
    assert (run.stage, run.problems) == ("done", [])
    assert dict(Complaint.objects.values_list("external_number", "state")) == {
        "TS-1": "replied",
        "TS-2": "routed",
        "TS-3": "received",
    }
    elsewhere = make_line(world.ours, estate=world.ours.estate_two)
    wrong = [["TS-9", *open_row[1:], None, None, elsewhere.contract.code, str(elsewhere.number)]]
    path = write_xlsx(tmp_path / "b.xlsx", headings, wrong)
    assert run_import(path, kind="complaints", actor=world.actor("service_desk")).stage == "refused"
    assert Complaint.objects.count() == 3


def test_an_estate_one_only_looks_at_is_no_key(world, actor):
    code = world.ours.estate.code
    assert estate_keys([code], actor=actor("auditor")) == {}
