from datetime import date

from duban.attendance.selectors.payrolls import payroll_lines, payroll_people, payroll_problems
from duban.platform.imports import ImportRow
from tests.factories.inspections import make_line
from tests.factories.vendors import make_worker


def test_people_are_found_by_code_or_by_a_name_that_is_theirs_alone(world):
    line = make_line(world.ours, service_line="security")
    one, *_twins = [make_worker(world.ours.vendor, name) for name in ("王小明", "李强", "李强")]
    stranger = make_worker(world.ours.rival, "赵六")
    ours = (line.contract.code, "1")
    wanted = [(*ours, text) for text in (one.code, "王小明", "李强", stranger.code)] + [("CT-1", "1", one.code)]
    found = payroll_people(wanted, actor=world.actor("vendor_manager"))
    assert found == {(*ours, one.code): one.pk, (*ours, "王小明"): one.pk}
    assert payroll_lines([line.pk]) == {line.pk: line}


def test_rows_of_another_vendor_and_of_another_year_are_named(world):
    line = make_line(world.ours, service_line="security")
    rows = [
        ImportRow(2, {"line": line.pk, "month": date(2026, 10, 1)}),
        ImportRow(3, {"line": line.pk, "month": date(2028, 1, 1)}),
    ]
    problems = list(payroll_problems(rows, actor=world.actor("vendor_manager")))
    assert [(one.row, one.key) for one in problems] == [(3, "month")]
    assert {one.key for one in payroll_problems(rows, actor=world.actor("quality_manager"))} == {"line"}
