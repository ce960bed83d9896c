from datetime import date

import pytest

from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import Finding, NoticeFinding, RectificationNotice, Visit
from duban.inspections.selectors import evidence_panel, finding_list, result_list, visit_list
from duban.inspections.selectors.facts import ON_TIME, PASS_RATE
from duban.inspections.selectors.imports import check_result_export_rows
from duban.inspections.selectors.rectification import notice_list
from duban.inspections.selectors.reinspections import reinspection_get, reinspection_list, reinspection_page
from duban.inspections.services.reinspections import reinspection_answer, reinspections_draw
from duban.kernel.errors import NotAllowed, NotFound
from duban.orgs.selectors import actor_for_person
from tests.factories.inspections import make_place
from tests.inspections.measured import FIRST, LAST, measured


@pytest.fixture
def task(world, actor):
    measured(world.ours, estates=1)
    draw = {"start": FIRST, "end": LAST, "count": 1, "due_on": date(2026, 11, 30), "seed": "1"}
    found = reinspections_draw(actor=actor("quality_manager"), **draw)[0]
    result = found.visit.results.filter(verdict=Verdict.FAIL).first() or found.visit.results.first()
    result.place = make_place(world.ours.estate, "18层", make_place(world.ours.estate, "11栋"))
    result.verdict = Verdict.FAIL
    result.save()
    finding = Finding.objects.create(
        check_result=result, line=result.line, item=result.item, severity=0, found_on=result.day, due_on=result.day
    )
    notice = RectificationNotice.objects.create(line=result.line, state="sent")
    NoticeFinding.objects.create(notice=notice, finding=finding, position=1)
    return found


def hand_in(task, verdict=Verdict.PASS):
    given = {result.pk: Opinion(verdict) for result in task.visit.results.all()}
    return reinspection_answer(actor=actor_for_person(task.inspector), reinspection=task, opinions=given)


def test_the_second_inspector_sees_nothing_of_the_first_until_done(task):
    second = actor_for_person(task.inspector)

    def hidden():
        found = (
            visit_list(second).filter(pk=task.visit_id),
            result_list(second).filter(visit=task.visit_id),
            finding_list(second).filter(check_result__visit=task.visit_id),
            notice_list(second),
        )
        return [rows.exists() for rows in found]

    def exported():
        codes = {row["number"] for row in check_result_export_rows(second)}
        return len(codes & {result.code for result in task.visit.results.all()})

    def counted():
        line, day = task.visit.line_id, task.visit.day
        return [evidence_panel(second, line, metric, day, day).counted for metric in (PASS_RATE, ON_TIME)]

    assert hidden() == [False, False, False, False]
    assert (counted(), exported()) == ([0, 0], 0)
    page = reinspection_page(second, reinspection_get(second, task.code))
    assert (page.may_answer, page.may_cancel, page.sees_both) == (True, False, False)
    assert {row.first for row in page.rows} == {""}
    assert "11栋 18层" in {row.place for row in page.rows}
    hand_in(task)
    assert hidden() == [True, True, True, True]
    assert (counted(), exported()) == ([task.visit.results.count(), 1], task.visit.results.count())


def test_others_go_on_seeing_the_visit(task, actor, world):
    assert visit_list(actor("quality_manager")).filter(pk=task.visit_id).exists()
    assert (
        visit_list(actor("vendor_manager")).count()
        == Visit.objects.filter(line__contract__vendor=task.visit.line.contract.vendor).count()
    )


def test_both_answers_stand_side_by_side_when_done(task, actor):
    quality = actor("quality_manager")
    before = reinspection_page(quality, reinspection_get(quality, task.code))
    assert (before.may_answer, before.may_cancel, before.sees_both) == (False, True, False)
    hand_in(task, Verdict.NOT_APPLICABLE)
    page = reinspection_page(quality, reinspection_get(quality, task.code))
    assert (page.may_cancel, page.sees_both, page.agreed) == (False, True, 0)
    assert {row.first for row in page.rows} <= {"pass", "minor"}
    assert {row.second for row in page.rows} == {"not_applicable"}


def test_inspectors_see_their_own_tasks_and_vendors_none(task, actor, world):
    assert list(reinspection_list(actor_for_person(task.inspector))) == [task]
    assert list(reinspection_list(actor("estate_manager"))) == []
    assert list(reinspection_list(actor("their quality_manager"))) == []
    with pytest.raises(NotFound):
        reinspection_get(actor("estate_manager"), task.code)
    for role in ("vendor_manager", "finance", "auditor"):
        with pytest.raises(NotAllowed):
            reinspection_list(actor(role))
