from datetime import date

import pytest

from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import Reinspection, SecondOpinion
from duban.inspections.services.reinspections import (
    reinspection_answer,
    reinspection_cancel,
    reinspections_draw,
)
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.orgs.selectors import actor_for_person
from duban.platform.audit.models import AuditEntry
from tests.factories.inspections import make_line
from tests.inspections.measured import FIRST, LAST, measured

DRAW = {"start": FIRST, "end": LAST, "count": 5, "due_on": date(2026, 11, 30), "seed": "2026-11"}


@pytest.fixture
def made(world):
    return measured(world.ours, estates=1)


@pytest.fixture
def task(actor, made):
    return reinspections_draw(actor=actor("quality_manager"), **{**DRAW, "count": 1})[0]


def opinions_of(task, verdict=Verdict.PASS, **more):
    return {result.pk: Opinion(verdict, **more) for result in task.visit.results.all()}


def test_chance_draws_visits_for_somebody_who_was_not_there(actor, made):
    drawn = reinspections_draw(actor=actor("quality_manager"), **DRAW)
    assert len(drawn) == 5
    assert all(one.inspector_id != one.visit.inspector_id for one in drawn)
    assert {one.seed for one in drawn} == {"2026-11"}
    assert AuditEntry.objects.filter(action="draw").count() == 5
    again = reinspections_draw(actor=actor("quality_manager"), **DRAW)
    assert not {one.visit_id for one in again} & {one.visit_id for one in drawn}


def test_the_same_seed_draws_the_same_visits(actor, made):
    def chosen():
        drawn = reinspections_draw(actor=actor("quality_manager"), **DRAW)
        Reinspection.objects.all().delete()
        return [(one.visit_id, one.inspector_id) for one in drawn]

    assert chosen() == chosen()


def test_nothing_to_draw_is_said(actor, world):
    make_line(world.ours)
    with pytest.raises(Invalid) as refused:
        reinspections_draw(actor=actor("quality_manager"), **DRAW)
    assert [error.field for error in refused.value.errors] == ["count"]


@pytest.mark.parametrize("role", ["quality_inspector", "vendor_manager", "finance"])
def test_only_who_compares_inspectors_draws_and_calls_off(actor, task, role):
    with pytest.raises(NotAllowed):
        reinspections_draw(actor=actor(role), **DRAW)
    with pytest.raises(NotAllowed):
        reinspection_cancel(actor=actor(role), reinspection=task, note="停用")


def test_the_second_inspector_hands_in_the_whole_task_once(actor, task):
    second = actor_for_person(task.inspector)
    given = opinions_of(task, Verdict.FAIL, severity=Grade.MAJOR, note="有灰")
    passed = next(iter(given))
    given[passed] = Opinion(Verdict.PASS, Grade.CRITICAL)
    done = reinspection_answer(actor=second, reinspection=task, opinions=given)
    assert done.state == "done"
    assert done.done_at is not None
    kept = SecondOpinion.objects.filter(reinspection=task)
    assert kept.count() == len(given)
    assert kept.get(first=passed).severity == Grade.MINOR
    assert str(kept.get(first=passed)) == f"{task.pk}/{passed}"
    with pytest.raises(WrongState):
        reinspection_answer(actor=second, reinspection=task, opinions=given)


def test_half_a_task_is_refused_and_changes_nothing(task):
    given = opinions_of(task)
    left_out = max(given)
    del given[left_out]
    with pytest.raises(Invalid) as refused:
        reinspection_answer(actor=actor_for_person(task.inspector), reinspection=task, opinions=given)
    assert [error.field for error in refused.value.errors] == [f"item-{left_out}"]
    task.refresh_from_db()
    assert task.state == "open"


def test_nobody_answers_for_somebody_else(actor, task):
    with pytest.raises(NotAllowed):
        reinspection_answer(actor=actor("quality_manager"), reinspection=task, opinions=opinions_of(task))


def test_a_task_is_called_off_with_a_reason(actor, task):
    with pytest.raises(Invalid):
        reinspection_cancel(actor=actor("quality_manager"), reinspection=task, note="")
    assert reinspection_cancel(actor=actor("quality_manager"), reinspection=task, note="楼栋封闭").state == "cancelled"
