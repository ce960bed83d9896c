from datetime import date, timedelta

import pytest

from duban.estates.models import PlaceKind
from duban.inspections.domain.sampling import choose
from duban.inspections.models import InspectionTask
from duban.inspections.selectors import metric_facts, occurrences
from duban.inspections.services import tasks_make, tasks_miss
from duban.platform.audit.models import AuditEntry
from duban.scorecards.models import DirtyPair
from tests.factories.estates import PlaceFactory
from tests.factories.inspections import make_line, make_plan, make_task

TODAY = date(2026, 11, 23)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_tasks_appear_two_weeks_ahead_and_only_once(world, line):
    make_plan(world.ours, times=2)
    assert tasks_make() == 4
    days = list(InspectionTask.objects.order_by("planned_on").values_list("planned_on", "due_on", "state"))
    assert days[0] == (date(2026, 11, 24), date(2026, 11, 26), "planned")
    assert days[-1][0] <= TODAY + timedelta(days=14)
    assert tasks_make() == 0
    assert tasks_make(today=TODAY + timedelta(days=7)) == 2
    assert InspectionTask.objects.count() == len({row.planned_on for row in InspectionTask.objects.all()}) == 6


def test_a_job_that_did_not_run_leaves_no_day_out(world, line):
    make_plan(world.ours, frequency="calendar", weekdays=[1, 2, 3, 4, 5, 6, 7])
    tasks_make()
    assert tasks_make(today=TODAY + timedelta(days=40)) == 24
    days = sorted(InspectionTask.objects.values_list("planned_on", flat=True))
    assert days == [TODAY + timedelta(days=offset) for offset in range(39)]


def test_paused_plans_and_lines_that_ended_get_nothing(world, line):
    make_plan(world.ours, state="paused")
    make_plan(world.ours, service_line="security")
    line.ends_on = date(2026, 11, 25)
    line.save()
    make_plan(world.ours, frequency="calendar", weekdays=[1, 2, 3, 4, 5], window_days=5)
    assert tasks_make() == 3
    assert {task.due_on for task in InspectionTask.objects.all()} == {date(2026, 11, 25)}


def test_a_task_keeps_what_the_plan_demanded_and_how_its_places_were_drawn(world, line):
    floors = [PlaceFactory(estate=world.ours.estate, kind=PlaceKind.FLOOR) for _ in range(30)]
    plan = make_plan(
        world.ours, place_kind="floor", sampling="aql", is_announced=False, needs_checkin=False, money_trust="high"
    )
    tasks_make()
    task = InspectionTask.objects.earliest("planned_on")
    drawn = list(task.places.order_by("pk").values_list("pk", flat=True))
    assert tuple(drawn) == choose([floor.pk for floor in floors], 8, task.seed)
    major = task.sampling["classes"]["major"]
    assert {**major, "why": ""} == {
        "aql": "2.500",
        "n": 5,
        "ac": 0,
        "re": 1,
        "letter": "C",
        "severity": "normal",
        "tighter_ac": None,
        "score": 0,
        "is_stopped": False,
        "why": "",
    }
    assert (task.plan, task.is_announced, task.needs_checkin, task.money_trust) == (plan, False, False, "high")
    assert task.reasons[0]["inputs"]["times"] == "1"


def test_the_number_of_statements_does_not_grow_with_plans_and_lines(world, line, django_assert_max_num_queries):
    for _ in range(8):
        make_line(world.ours)
        make_plan(world.ours, frequency="calendar", weekdays=[1, 2, 3, 4, 5, 6, 7])
    with django_assert_max_num_queries(24):
        assert tasks_make() == 8 * 9 * 15
    assert AuditEntry.objects.filter(action="plan_tasks").count() == 8


def test_nothing_to_do_is_done_without_a_trace(world):
    assert tasks_make() == 0
    make_plan(world.ours)
    assert tasks_make() == 0
    assert tasks_miss() == 0
    assert not AuditEntry.objects.exists()


def test_what_nobody_made_in_time_is_not_inspected(world, line):
    over = make_task(line, day=date(2026, 11, 20))
    begun = make_task(line, day=date(2026, 11, 19), state="started")
    today = make_task(line, day=date(2026, 11, 21))
    for state in ("done", "cancelled"):
        make_task(line, day=date(2026, 11, 10), state=state)
    assert tasks_miss() == 2
    assert tasks_miss() == 0
    assert set(InspectionTask.objects.filter(state="missed")) == {over, begun}
    today.refresh_from_db()
    assert today.state == "planned"
    assert AuditEntry.objects.filter(action="miss").count() == 2
    days = set(DirtyPair.objects.values_list("line_id", "day"))
    assert days == {(line.pk, date(2026, 11, 22)), (line.pk, date(2026, 11, 21))}


def test_coverage_counts_rounds_made_in_time_over_rounds_due(world, line):
    def due(day, **more):
        return make_task(line, day=date(2026, 10, day - 2), **more)

    due(5, state="done", finished_on=date(2026, 10, 5))
    due(5, state="done", finished_on=date(2026, 10, 3))
    late = due(5, state="done", finished_on=date(2026, 10, 6))
    missed = due(6, state="missed", plan=make_plan(world.ours, name="周检"))
    due(6, state="cancelled")
    due(7, state="planned")
    due(7, state="missed", kind="blind")
    rows = [row for queryset in metric_facts([line.pk], date(2026, 10, 1), date(2026, 10, 31)) for row in queryset]
    coverage = {row[2]: row[3:] for row in rows if row[0] == "inspections.coverage"}
    assert coverage == {date(2026, 10, 5): (2, 3), date(2026, 10, 6): (0, 1)}
    found = list(occurrences([line.pk], date(2026, 10, 1), date(2026, 10, 31)))
    assert [(item.kind, item.code, item.on.day, item.label) for item in found] == [
        ("missed_inspection", late.code, 5, ""),
        ("missed_inspection", missed.code, 6, "周检"),
    ]
