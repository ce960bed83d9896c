from datetime import date, time

import pytest

from duban.inspections.models import OtherAnswer, Visit
from duban.inspections.selectors.phone_rounds import pack_checklists, pack_findings, pack_places, pack_tasks
from duban.inspections.services import finding_reply
from duban.orgs.models import Person
from duban.platform.sync.selectors import pack_for
from duban.standards.models import Checklist
from tests.factories.inspections import items_of, make_finding, make_line, make_place, make_plan, make_result, make_task
from tests.inspections.test_services import photo

TODAY = date(2026, 11, 23)


@pytest.fixture
def line(world):
    make_task(make_line(world.theirs))
    return make_line(world.ours)


@pytest.fixture
def hall(world):
    tower = make_place(world.ours.estate, "1 号楼")
    place = make_place(world.ours.estate, "大堂", parent=tower)
    place.latitude, place.longitude = "31.230400", "121.473700"
    place.save()
    return place


def test_a_task_is_carried_with_its_places_and_items(world, actor, line, hall):
    plan = make_plan(world.ours)
    task = make_task(line, places=[hall], plan=plan, window_from=time(9), window_to=time(11, 30))
    finding = make_finding(line, day=date(2026, 11, 1), place=hall)
    inspector = actor("quality_inspector")
    (carried,) = pack_tasks(inspector, TODAY)
    assert (carried["code"], carried["title"], carried["places"]) == (task.code, plan.name, [hall.tag])
    assert (carried["window_from"], carried["window_to"], carried["due_on"]) == ("09:00", "11:30", "2026-11-25")
    (checklist,) = pack_checklists(inspector, TODAY)
    assert checklist["code"] == carried["checklist"] == line.standard.code
    assert [item["key"] for item in checklist["items"]] == [item.key for item in items_of(line)]
    assert checklist["items"][0]["repeats_90"] == {hall.tag: 1}
    assert finding.item == items_of(line)[0]
    (place,) = pack_places(inspector, TODAY)
    assert (place["path_name"], place["lat"], place["parent"]) == ("1 号楼 / 大堂", "31.230400", hall.parent.tag)


def test_a_checklist_narrows_the_items(actor, line):
    chosen = Checklist.objects.create(standard=line.standard, name="早巡")
    chosen.items.set(items_of(line)[:1])
    make_task(line, checklist=chosen)
    (checklist,) = pack_checklists(actor("quality_inspector"), TODAY)
    assert (checklist["name"], len(checklist["items"])) == ("早巡", 1)
    assert pack_tasks(actor("quality_inspector"), TODAY)[0]["checklist"] == checklist["code"] == chosen.code


def test_a_line_without_a_standard_has_nothing_to_check(actor, line):
    line.standard = None
    line.save()
    make_task(line)
    assert pack_tasks(actor("quality_inspector"), TODAY)[0]["checklist"] == ""
    assert pack_checklists(actor("quality_inspector"), TODAY) == []


def test_only_ones_own_tasks_of_the_next_days(world, actor, line):
    mine, other, late = make_task(line), make_task(line), make_task(line, day=date(2026, 12, 20))
    make_task(line, state="done")
    mine.inspectors.set([world.person("quality_inspector")])
    other.inspectors.set([world.person("quality_manager")])
    assert [task["code"] for task in pack_tasks(actor("quality_inspector"), TODAY)] == [mine.code]
    assert [task["code"] for task in pack_tasks(actor("quality_inspector"), date(2026, 12, 15))] == [mine.code, late.code]
    assert pack_tasks(actor("vendor_manager"), TODAY) == []


def test_the_second_to_answer_is_told_what_counts(actor, line, hall):
    task, item = make_task(line, places=[hall]), items_of(line)[0]
    inspector, manager = actor("quality_inspector"), actor("quality_manager")
    visit = Visit.objects.create(task=task, line=line, day=TODAY)
    result = make_result(line, visit=visit, place=hall)
    OtherAnswer.objects.create(result=result, inspector_id=inspector.person_id, at=result.at, verdict=1)
    (told,) = pack_tasks(inspector, TODAY)
    assert told["second"] == [{"place": hall.tag, "item": item.key, "counts": "fail"}]
    assert [row["second"] for row in pack_tasks(manager, TODAY)] == [[]]


def test_findings_wait_for_one_side(actor, line, hall):
    open_one = make_finding(line, due_on=date(2026, 11, 1))
    done = make_finding(line, state="rectified", place=hall)
    (owed,) = pack_findings(actor("vendor_foreman"), TODAY)
    assert (owed["code"], owed["waits_for"], owed["is_overdue"], owed["place"]) == (open_one.code, "vendor", True, "")
    (seen,) = pack_findings(actor("quality_manager"), TODAY)
    assert (seen["code"], seen["waits_for"], seen["place_name"]) == (done.code, "recheck", "大堂")
    assert (seen["severity"], seen["photos"]) == ("minor", [])


def test_who_looks_again_reads_what_the_vendor_answered(actor, line, hall):
    done = make_finding(line, state="open", place=hall, text="扶手积灰")
    finding_reply(actor=actor("vendor_foreman"), finding=done, cause="漏擦", action="已擦拭", uploads=[photo()])
    (seen,) = pack_findings(actor("quality_inspector"), TODAY)
    assert (seen["reply"]["cause"], seen["reply"]["action"]) == ("漏擦", "已擦拭")
    assert (len(seen["after"]), seen["text"], seen["can_act"]) == (1, "扶手积灰", True)
    assert pack_findings(actor("auditor"), TODAY)[0]["can_act"] is False


def test_nobody_is_asked_to_check_what_he_found_himself(actor, line, hall):
    inspector = actor("quality_inspector")
    make_finding(line, state="rectified", finder=Person.objects.get(pk=inspector.person_id))
    assert [row["can_act"] for row in pack_findings(inspector, TODAY)] == [False]


def test_findings_cost_the_same_with_more_of_them(actor, line, hall, django_assert_num_queries):
    inspector = actor("quality_inspector")
    make_finding(line, state="rectified", place=hall)
    with django_assert_num_queries(10, exact=False) as few:
        pack_findings(inspector, TODAY)
    for _ in range(3):
        make_finding(line, state="rectified", place=hall)
    with django_assert_num_queries(len(few)):
        assert len(pack_findings(inspector, TODAY)) == 4


def test_the_pack_costs_the_same_with_more_tasks(actor, line, hall, django_assert_num_queries):
    inspector = actor("quality_inspector")
    make_task(line, places=[hall])
    with django_assert_num_queries(20, exact=False) as few:
        pack_for(inspector, TODAY)
    for _ in range(3):
        make_task(line, places=[hall])
    with django_assert_num_queries(len(few)):
        pack = pack_for(inspector, TODAY)
    assert len(pack.content["tasks"]) == 4
