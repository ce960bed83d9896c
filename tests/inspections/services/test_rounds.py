from datetime import UTC, date, datetime

import pytest

from duban.inspections.models import InspectionPlan, InspectionTask, Visit
from duban.inspections.services import task_cancel, task_finish, task_move, task_start, tasks_assign
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.scorecards.models import DirtyPair
from tests.factories.inspections import make_line, make_plan, make_result, make_task


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def task(line):
    return make_task(line)


def with_result(task):
    visit = Visit.objects.create(line=task.line, task=task, day=task.planned_on)
    make_result(task.line, day=task.planned_on, visit=visit)
    return task


def seen_by(actor, role):
    return set(InspectionTask.objects.for_actor(actor(role)))


def test_a_vendor_sees_an_unannounced_round_only_once_somebody_checked_in(actor, line):
    announced, secret = make_task(line), make_task(line, is_announced=False)
    assert seen_by(actor, "vendor_manager") == {announced}
    task_start(actor=actor("quality_inspector"), task=secret)
    assert seen_by(actor, "vendor_manager") == {announced, secret}


def test_tasks_stay_inside_their_company_and_plans_inside_the_offices(actor, world, line, task):
    plan = make_plan(world.ours)
    assert seen_by(actor, "quality_manager") == seen_by(actor, "estate_manager") == {task}
    for role in ("their quality_manager", "rival_manager", "stranger"):
        assert seen_by(actor, role) == set()
    assert list(InspectionPlan.objects.for_actor(actor("estate_manager"))) == [plan]
    for role in ("vendor_manager", "their quality_manager", "stranger"):
        assert not InspectionPlan.objects.for_actor(actor(role)).exists()


def test_a_round_is_begun_and_finished_by_the_office(actor, task):
    inspector = actor("quality_inspector")
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    started = task_start(actor=inspector, task=task, at=at)
    assert (started.state, started.checked_in_at) == ("started", at)
    done = task_finish(actor=inspector, task=with_result(task), note="正常")
    assert (done.state, done.finished_on, done.finished_by_id) == ("done", date(2026, 11, 23), inspector.person_id)
    assert (done.checked_in_at, done.note) == (at, "正常")
    assert DirtyPair.objects.filter(line_id=task.line_id, day=task.due_on).exists()
    with pytest.raises(WrongState):
        task_finish(actor=inspector, task=task)


def test_a_missed_round_may_be_made_up_for_late(actor, line):
    task = with_result(make_task(line, day=date(2026, 11, 10), state="missed"))
    done = task_finish(actor=actor("quality_inspector"), task=task)
    assert (done.state, done.finished_on > done.due_on) == ("done", True)
    assert done.checked_in_at == done.finished_at


def test_a_clock_that_runs_ahead_does_not_reach_into_the_future(actor, task):
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert task_start(actor=actor("quality_inspector"), task=task, at=later).checked_in_at < later


def test_a_round_without_results_is_not_done(actor, task):
    with pytest.raises(Invalid):
        task_finish(actor=actor("quality_inspector"), task=task)
    task.refresh_from_db()
    assert task.state == "planned"


@pytest.mark.parametrize("role", ["vendor_manager", "vendor_foreman", "finance", "their quality_manager"])
def test_nobody_else_makes_or_moves_a_round(actor, task, role):
    other = actor(role)
    for attempt in (
        lambda: task_start(actor=other, task=task),
        lambda: task_finish(actor=other, task=with_result(task)),
        lambda: task_cancel(actor=other, task=task, note="x"),
        lambda: tasks_assign(actor=other, tasks=[task], people=[]),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    task.refresh_from_db()
    assert task.state == "planned"


def test_a_round_is_called_off_with_a_reason(actor, task):
    with pytest.raises(Invalid):
        task_cancel(actor=actor("quality_manager"), task=task, note=" ")
    assert task_cancel(actor=actor("quality_manager"), task=task, note="停电").state == "cancelled"


def test_rounds_are_given_to_people_who_may_make_them(actor, world, line, task):
    other = make_task(line, day=date(2026, 11, 25))
    inspector, desk = world.person("quality_inspector"), world.person("finance")
    manager = actor("quality_manager")
    assert tasks_assign(actor=manager, tasks=[task, other], people=[inspector]) == 2
    assert list(other.inspectors.all()) == [inspector]
    with pytest.raises(Invalid) as refusal:
        tasks_assign(actor=manager, tasks=[task], people=[inspector, desk])
    assert refusal.value.errors[0].params == {"name": desk.name}
    assert tasks_assign(actor=manager, tasks=[task], people=[]) == 1
    assert not task.inspectors.exists()
    changes = AuditEntry.objects.filter(action="assign").latest("pk").changes
    assert changes == {"inspectors": [[inspector.name], []]}


def test_a_move_is_made_by_its_name_and_the_clocks_own_by_nobody(actor, task):
    manager = actor("quality_manager")
    assert task_move(actor=manager, task=task, move="start").state == "started"
    with pytest.raises(NotAllowed):
        task_move(actor=manager, task=task, move="miss")
    with pytest.raises(WrongState):
        task_move(actor=manager, task=task, move="start")
    assert task_move(actor=manager, task=with_result(task), move="finish", note="完").note == "完"
    with pytest.raises(WrongState):
        task_move(actor=manager, task=task, move="cancel", note="晚了")


def test_a_planned_round_is_called_off_by_name(actor, task):
    assert task_move(actor=actor("quality_manager"), task=task, move="cancel", note="停电").state == "cancelled"
