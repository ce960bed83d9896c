import pytest

from duban.orgs.models import RoleGrant
from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import
from duban.settlement.models import Statement, WorkCount
from duban.settlement.services.building import statements_build
from duban.settlement.services.counting import count_confirm
from tests.factories.counts import make_counted_contract
from tests.factories.settlement import OCTOBER
from tests.platform.imports.files import write_xlsx

pytestmark = pytest.mark.django_db
HEADINGS = ["合同编号", "合同行", "月份", "工作项目", "数量", "备注"]


@pytest.fixture
def contract(world):
    return make_counted_contract(world.ours)


def imported(tmp_path, world, *rows, role="vendor_manager"):
    return run_import(write_xlsx(tmp_path / "a.xlsx", HEADINGS, rows), kind="work_counts", actor=world.actor(role))


def test_a_ledger_is_entered_for_ones_own_side(tmp_path, world, contract):
    row = [contract.code, 1, "2026-10", "绿篱修剪", 120, "north"]
    assert imported(tmp_path, world, row).created_count == 1
    count = WorkCount.objects.get()
    assert (count.is_by_vendor, count.state, str(count.price), count.unit) == (True, "entered", "3.5000", "m²")
    assert imported(tmp_path, world, row).unchanged_count == 1
    assert write_export("work_counts", tmp_path / "out.csv", actor=world.actor("auditor"), form="csv") == 1


def test_open_statements_follow(tmp_path, world, actor, contract):
    statements_build(actor=actor("finance"), period=OCTOBER)
    imported(tmp_path, world, [contract.code, 1, "2026-10", "绿篱修剪", 120, ""])
    assert "count_open" in {flag["code"] for flag in Statement.objects.get().flags}
    count_confirm(actor=actor("finance"), count=WorkCount.objects.get())
    assert Statement.objects.get().lines.get(kind="base_fee", contract_line__number=1).amount == 420


@pytest.mark.parametrize(
    "changes",
    [
        {1: 2},
        {2: "October"},
        {2: "2026Q3"},
        {2: "2025-12"},
        {2: "2026-12"},
        {3: "Paving"},
        {3: ""},
        {4: -1},
    ],
)
def test_impossible_rows_change_nothing(tmp_path, world, contract, changes):
    row = [contract.code, 1, "2026-10", "绿篱修剪", 120, ""]
    for place, value in changes.items():
        row[place] = value
    assert imported(tmp_path, world, row).stage == "refused"
    assert not WorkCount.objects.exists()


def test_another_quantity_is_corrected_where_both_sides_see_it(tmp_path, world, contract):
    row = [contract.code, 1, "2026-10", "绿篱修剪", 120, ""]
    imported(tmp_path, world, row)
    assert imported(tmp_path, world, [*row[:4], 130, ""]).stage == "refused"


def test_a_final_month_is_closed(tmp_path, world, actor, contract):
    statements_build(actor=actor("finance"), period=OCTOBER)
    Statement.objects.update(state="final")
    assert imported(tmp_path, world, [contract.code, 1, "2026-10", "绿篱修剪", 1, ""]).stage == "refused"


def test_who_only_sees_the_line_counts_nothing(tmp_path, world, contract):
    seen = RoleGrant.objects.get(person=world.person("estate_manager"))
    seen.role = "quality_manager"
    seen.save()
    RoleGrant.objects.create(person=seen.person, unit=world.ours.project_two, role="estate_manager", from_on=seen.from_on)
    row = [contract.code, 1, "2026-10", "绿篱修剪", 1, ""]
    assert imported(tmp_path, world, row, role="estate_manager").stage == "refused"
