import pytest

from duban.inspections.selectors.plan_codes import Named, checked_keys, named_inspectors, office_to_plan, planned_keys
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from tests.factories.inspections import items_of, make_line, make_place, make_task

NOTHING = {"estates": [], "lines": [], "places": [], "checklist": []}


@pytest.fixture
def line(world):
    return make_line(world.ours)


def strange(attempt):
    with pytest.raises(Invalid) as refusal:
        attempt()
    return [(error.field, error.params["code"]) for error in refusal.value.errors]


def test_an_office_is_found_by_who_plans_there(actor, world):
    city = world.ours.city
    assert office_to_plan(actor("quality_manager"), city.code) == city
    with pytest.raises(NotFound):
        office_to_plan(actor("their quality_manager"), city.code)
    with pytest.raises(NotAllowed):
        office_to_plan(actor("quality_inspector"), city.code)


def test_codes_of_a_plan_become_keys_inside_the_scope(actor, line):
    place = make_place(line.estate, "大堂")
    wanted = {"estates": [line.estate.code], "lines": [f"{line.contract.code}/1"], "places": [place.tag], "checklist": []}
    found = planned_keys(actor("quality_manager"), wanted)
    assert found == {"estates": (line.estate_id,), "lines": (line.pk,), "places": (place.pk,), "checklist": ()}
    theirs = strange(lambda: planned_keys(actor("their quality_manager"), wanted))
    assert [field for field, _code in theirs] == ["estates", "lines", "places"]
    assert strange(lambda: planned_keys(actor("quality_manager"), {**NOTHING, "checklist": ["CL-9"]})) == [
        ("checklist", "CL-9")
    ]


def test_only_who_may_make_the_round_is_named(world, line):
    task, inspector = make_task(line), world.ours.people["quality_inspector"]
    assert named_inspectors(task, [inspector.username, inspector.username]) == [inspector]
    desk = world.ours.people["finance"].username
    assert strange(lambda: named_inspectors(task, [inspector.username, desk])) == [("inspectors", desk)]


def test_checks_name_items_and_places_of_the_estate(world, line):
    task, place, item = make_task(line), make_place(line.estate, "大堂"), items_of(line)[0]
    elsewhere = make_place(make_line(world.ours, estate=world.ours.estate_two).estate, "别处")
    assert checked_keys(task, [Named(item.key, place.tag), Named(item.key)]) == [(item.pk, place.pk), (item.pk, None)]
    wrong = [Named("nothing"), Named(item.key, elsewhere.tag)]
    assert strange(lambda: checked_keys(task, wrong)) == [("item", "nothing"), ("place", elsewhere.tag)]
