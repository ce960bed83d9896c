from datetime import time

import pytest

from duban.inspections.models import CheckResult
from tests.factories.inspections import items_of, make_line, make_place, make_plan, make_task

PATH = "/inspections/tasks/"


@pytest.fixture
def line(world):
    return make_line(world.ours)


def state(task):
    task.refresh_from_db()
    return task.state


def test_results_are_entered_place_by_place_and_end_the_task(client_as, world, line):
    place = make_place(line.estate, "1 号楼")
    floor = make_place(line.estate, "1 层", place)
    drawn = {"lot": 4, "n": 2, "mode": "count"}
    values = {"plan": make_plan(world.ours), "window_from": time(9), "sampling": drawn}
    task = make_task(line, places=[place, floor], **values)
    client = client_as("quality_inspector")
    page = client.get(f"{PATH}{task.code}/").content.decode()
    assert "09:00" in page
    assert "1 号楼 1 层" in page
    assert client.get(f"{PATH}{task.code}/entry/?place={floor.pk}").status_code == 200
    item = items_of(line)[0].pk
    form = {"day": "2026-11-23", "place": str(floor.pk), "is_finished": "on", f"item-{item}-verdict": "0"}
    assert client.post(f"{PATH}{task.code}/entry/", {**form, "place": ""}).status_code == 422
    assert client.post(f"{PATH}{task.code}/entry/", form).status_code == 302
    assert state(task) == "done"
    assert CheckResult.objects.get().place == floor
    assert "Nothing is recorded yet" not in client.get(f"{PATH}{task.code}/").content.decode()
    assert client.post(f"{PATH}{task.code}/entry/", form).status_code == 422


def test_tasks_are_begun_ended_and_called_off(client_as, line):
    task = make_task(line)
    inspector, manager = client_as("quality_inspector"), client_as("quality_manager")
    assert inspector.post(f"{PATH}{task.code}/start/").status_code == 302
    assert state(task) == "started"
    assert inspector.post(f"{PATH}{task.code}/finish/").status_code == 422
    assert inspector.post(f"{PATH}{task.code}/cancel/", {"note": "x"}).status_code == 403
    assert manager.post(f"{PATH}{task.code}/cancel/", {"note": "台风"}).status_code == 302
    assert state(task) == "cancelled"


def test_inspectors_are_named_by_who_plans(client_as, world, line):
    task = make_task(line)
    person = world.ours.people["quality_inspector"]
    url = f"{PATH}{task.code}/assign/"
    manager = client_as("quality_manager")
    assert manager.get(url).status_code == 200
    assert manager.post(url, {"inspectors": [str(person.pk)]}).status_code == 302
    assert list(task.inspectors.all()) == [person]
    assert manager.post(url, {"inspectors": ["0"]}).status_code == 422
    assert client_as("quality_inspector").get(url).status_code == 403
    mine = client_as("quality_inspector").get(PATH, {"mine": "yes"}).content.decode()
    assert task.code in mine


def test_a_vendor_sees_announced_rounds_and_enters_nothing(client_as, world, line):
    shown, secret = make_task(line, places=[make_place(line.estate, "1 号楼")]), make_task(line, is_announced=False)
    client = client_as("vendor_manager")
    text = client.get(PATH).content.decode()
    assert shown.code in text
    assert secret.code not in text
    assert client.get(f"{PATH}{secret.code}/").status_code == 404
    assert "1 号楼" not in client.get(f"{PATH}{shown.code}/").content.decode()
    assert client.get(f"{PATH}{shown.code}/entry/").status_code == 403
    assert client.post(f"{PATH}{secret.code}/start/").status_code == 404


def test_the_list_is_flat(client_as, line, flat_queries):
    client = client_as("quality_manager")
    flat_queries.check("inspections.tasks", visit=lambda: client.get(PATH), add_row=lambda: make_task(line))
