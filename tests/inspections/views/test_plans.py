from datetime import date

import pytest

from duban.inspections.models import InspectionPlan, InspectionTask
from duban.inspections.services import tasks_make
from tests.factories.inspections import make_line, make_place, make_plan

PATH = "/inspections/plans/"


def posted(**more):
    return {
        "name": "每周楼层",
        "service_line": "cleaning",
        "starts_on": "2026-11-01",
        "frequency": "times",
        "times": "2",
        "span": "week",
        "every_weeks": "1",
        "window_days": "2",
        "sampling": "all",
        "sample_count": "10",
        "level": "II",
        "aql_major": "2.5",
        "aql_minor": "6.5",
        "is_announced": "on",
        "score_trust": "low",
        "money_trust": "medium",
        "below_trust": "wait",
        "times_min": "1",
        "times_max": "8",
        **more,
    }


def test_a_plan_is_made_changed_and_paused(client_as, world):
    line = make_line(world.ours)
    tag = make_place(line.estate, "1 号楼").tag
    client = client_as("quality_manager")
    assert client.get(f"{PATH}new/").status_code == 200
    form = posted(office=world.ours.city.pk, place_tags=f"{tag}，", estates=[line.estate_id], lines=[line.pk])
    assert client.post(f"{PATH}new/", form).status_code == 302
    plan = InspectionPlan.objects.get()
    assert (plan.times, plan.places.get().tag, plan.tasks.count() > 0) == (2, tag, True)
    page = client.get(f"{PATH}{plan.code}/edit/")
    assert tag in page.content.decode()
    changed = posted(
        name="每月",
        frequency="calendar",
        month_days=["1", "31"],
        weekdays=["1"],
        every_weeks="2",
        sampling="count",
        place_kind="floor",
    )
    assert client.post(f"{PATH}{plan.code}/edit/", changed).status_code == 302
    text = client.get(f"{PATH}{plan.code}/").content.decode()
    assert "Monday, day 1 of the month, day 31 of the month, every 2 weeks" in text
    assert "10 places by lot" in text
    assert client.post(f"{PATH}{plan.code}/pause/", {"note": "停工"}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "paused"


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"place_tags": "nowhere"}, {"frequency": "calendar"}, {"ends_on": "2026-01-01"}]
)
def test_an_unsound_plan_is_shown_again(client_as, world, change):
    form = {**posted(office=world.ours.city.pk), **change}
    assert client_as("quality_manager").post(f"{PATH}new/", form).status_code == 422
    plan = make_plan(world.ours)
    assert client_as("quality_manager").post(f"{PATH}{plan.code}/edit/", form).status_code == 422
    assert InspectionPlan.objects.get().name == plan.name


def test_the_page_says_how_surely_bad_work_is_noticed(client_as, world):
    line = make_line(world.ours)
    building = make_place(line.estate, "1 号楼")
    for number in range(120):
        make_place(line.estate, f"{number} 层", building)
    plan = make_plan(world.ours, sampling="aql", place_kind="floor", starts_on=date(2026, 11, 1))
    tasks_make(plans=[plan.pk])
    text = client_as("quality_manager").get(f"{PATH}{plan.code}/").content.decode()
    assert (
        "20 of 120 places are drawn, at most 1 may be faulty. A vendor with 10 % bad places passes with probability 39.2 %"
        in text
    )
    assert InspectionTask.objects.first().code in text


def test_vendors_find_no_plan(client_as, world):
    plan = make_plan(world.ours)
    client = client_as("vendor_manager")
    assert plan.code not in client.get(PATH).content.decode()
    assert client.get(f"{PATH}{plan.code}/").status_code == 404
    assert client.get(f"{PATH}new/").status_code == 403
    assert client_as("quality_inspector").get(f"{PATH}{plan.code}/edit/").status_code == 403


def test_the_list_is_flat(client_as, world, flat_queries):
    client = client_as("quality_manager")
    flat_queries.check("inspections.plans", visit=lambda: client.get(PATH), add_row=lambda: make_plan(world.ours))
