from datetime import date

from duban.inspections.models import Calibration, Finding
from duban.inspections.tasks import announce_overdue, calibrate_inspectors, follow_plans
from tests.factories.inspections import items_of, make_line, make_plan, make_task


def test_the_clock_measures_overdue_findings_again(world):
    line = make_line(world.ours)
    for number, due in enumerate([date(2026, 11, 22), date(2026, 11, 23), date(2026, 10, 1)]):
        Finding.objects.create(
            code=f"FD-2026-9{number}", line=line, item=items_of(line)[0], severity=0, found_on=date(2026, 10, 1), due_on=due
        )
    assert announce_overdue.func() == 1


def test_the_clock_compares_inspectors_in_every_company(world):
    assert calibrate_inspectors.func() == 2
    assert Calibration.objects.count() == 2


def test_the_clock_makes_tasks_and_marks_missed_ones(world):
    line = make_line(world.ours)
    make_plan(world.ours)
    make_task(line, day=date(2026, 11, 10))
    assert follow_plans.func() == [2, 1]
    assert follow_plans.func() == [0, 0]
