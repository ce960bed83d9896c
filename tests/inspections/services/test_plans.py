from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from duban.inspections.domain.plans import PlanInput
from duban.inspections.models import InspectionPlan, InspectionTask
from duban.inspections.services import plan_change, plan_create, plan_move, plan_tasks_make
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.standards.models import Checklist
from tests.factories.inspections import make_line, make_place, make_plan

ENTRY = PlanInput(name=" 每周保洁巡检 ", service_line="cleaning", starts_on=date(2026, 1, 1))


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def plan(world, line, actor):
    return plan_create(actor=actor("quality_manager"), office=world.ours.city, entry=ENTRY)


def states(**more):
    return sorted(InspectionTask.objects.filter(**more).values_list("planned_on", "state"))


def test_a_new_plan_has_its_tasks_at_once_and_none_in_the_past(plan, line):
    assert (plan.name, plan.state, len(plan.salt)) == ("每周保洁巡检", "active", 32)
    assert states() == [(date(2026, 11, 26), "planned"), (date(2026, 12, 3), "planned")]
    assert AuditEntry.objects.filter(action="create", target_code=plan.code).exists()


def test_the_scope_is_kept(world, line, actor):
    place = make_place(world.ours.estate, "1栋")
    checklist = Checklist.objects.get(standard=line.standard)
    entry = replace(
        ENTRY, estate_ids=(world.ours.estate.pk,), line_ids=(line.pk,), place_ids=(place.pk,), checklist_id=checklist.pk
    )
    plan = plan_create(actor=actor("quality_manager"), office=world.ours.city, entry=entry)
    assert [list(rows.all()) for rows in (plan.estates, plan.lines, plan.places)] == [[world.ours.estate], [line], [place]]
    assert list(InspectionTask.objects.first().places.all()) == [place]


def test_who_may_not_plan_there_makes_no_plan(world, line, actor):
    for role in ("finance", "auditor", "vendor_manager", "their quality_manager"):
        with pytest.raises(NotAllowed):
            plan_create(actor=actor(role), office=world.ours.city, entry=ENTRY)
    with pytest.raises(NotAllowed):
        plan_create(actor=actor("estate_manager"), office=world.ours.city, entry=ENTRY)
    assert not InspectionPlan.objects.exists()


def test_what_does_not_fit_is_named_and_nothing_is_kept(world, line, plan, actor):
    strange = make_line(world.theirs)
    entry = replace(
        ENTRY,
        name="每周保洁巡检",
        estate_ids=(world.theirs.estate.pk,),
        line_ids=(strange.pk,),
        place_ids=(make_place(world.theirs.estate, "1栋").pk,),
        checklist_id=Checklist.objects.get(standard=strange.standard).pk,
        window_days=99,
        roles=("finance",),
    )
    with pytest.raises(Invalid) as refusal:
        plan_create(actor=actor("quality_manager"), office=world.ours.city, entry=entry)
    assert [error.field for error in refusal.value.errors] == [
        "window_days",
        "name",
        "checklist",
        "estates",
        "lines",
        "roles",
        "places",
    ]
    assert InspectionPlan.objects.count() == 1


def test_a_change_makes_the_days_to_come_anew(plan, line, actor):
    InspectionTask.objects.filter(planned_on=date(2026, 11, 26)).update(state="started")
    entry = replace(ENTRY, times=2, is_announced=True)
    plan_change(actor=actor("quality_manager"), plan=plan, entry=entry)
    assert states(state="started") == [(date(2026, 11, 26), "started")]
    assert states(state="cancelled") == [(date(2026, 12, 3), "cancelled")]
    assert [day for day, _ in states(state="planned")] == [
        date(2026, 11, 24),
        date(2026, 11, 27),
        date(2026, 12, 1),
        date(2026, 12, 4),
    ]
    plan.refresh_from_db()
    assert plan.times == 2


def test_only_who_may_plan_there_changes_a_plan(plan, actor):
    with pytest.raises(NotAllowed):
        plan_change(actor=actor("estate_manager"), plan=plan, entry=replace(ENTRY, times=5))
    plan.refresh_from_db()
    assert plan.times == 1


def test_a_paused_plan_makes_nothing_and_goes_on_from_tomorrow(plan, actor, time_machine):
    manager = actor("quality_manager")
    plan_move(actor=manager, plan=plan, move="pause", note="疫情")
    assert {state for _, state in states()} == {"cancelled"}
    time_machine.move_to("2026-12-07 10:00+08:00")
    plan_move(actor=manager, plan=plan, move="resume")
    assert [day for day, state in states() if state == "planned"] == [date(2026, 12, 10), date(2026, 12, 17)]


def test_a_retired_plan_is_never_changed_again(plan, actor):
    manager = actor("quality_manager")
    with pytest.raises(Invalid):
        plan_move(actor=manager, plan=plan, move="retire")
    assert {state for _, state in states()} == {"planned"}
    plan_move(actor=manager, plan=plan, move="retire", note="合同到期")
    assert {state for _, state in states()} == {"cancelled"}
    with pytest.raises(Invalid):
        plan_change(actor=manager, plan=plan, entry=ENTRY)
    with pytest.raises(WrongState):
        plan_move(actor=manager, plan=plan, move="resume")


def test_missing_tasks_are_made_on_request_and_once(world, line, actor):
    stored = make_plan(world.ours, lines=[line], planned_until=timezone.localdate())
    with pytest.raises(NotAllowed):
        plan_tasks_make(actor=actor("quality_inspector"), plan=stored)
    assert (
        plan_tasks_make(actor=actor("quality_manager"), plan=stored) == InspectionTask.objects.filter(plan=stored).count() > 0
    )
    assert plan_tasks_make(actor=actor("quality_manager"), plan=stored) == 0
