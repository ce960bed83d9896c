from datetime import date

import pytest

from duban.inspections.models import CheckResult, InspectionPlan, InspectionTask, LotVerdict
from duban.kernel.trace import Step
from tests.factories.inspections import make_line, make_place, make_plan, make_task

PATH = "/api/v1/inspections"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0800", tick=False)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def send(client, method, path, payload):
    return getattr(client, method)(f"{PATH}{path}", payload, content_type="application/json")


def fields_of(answer):
    assert answer.status_code == 422
    return [error["field"] for error in answer.json()["errors"]]


def plan_of(world, line, **more):
    known = list(line.estate.places.all()) or [make_place(line.estate, f"{number} 号楼") for number in range(1, 9)]
    values = {
        "office": world.ours.city.code,
        "name": "公区周检",
        "service_line": "cleaning",
        "starts_on": "2026-11-23",
        "estates": [line.estate.code],
        "lines": [f"{line.contract.code}/{line.number}"],
        "places": [place.tag for place in known],
        "sampling": "aql",
    }
    return {**values, **more}


def test_a_plan_is_made_changed_paused_and_read_back_as_it_was_sent(client_as, world, line):
    manager, sent = client_as("quality_manager"), plan_of(world, line, times=2, times_max=4, roles=["quality_inspector"])
    made = send(manager, "post", "/plans", sent).json()
    assert (made["office"], made["state"], made["estates"]) == (sent["office"], "active", sent["estates"])
    assert sorted(made["places"]) == sorted(sent["places"])
    rules = made["rules"]
    assert (rules["name"], rules["times"], rules["sampling"], rules["aql_major"]) == ("公区周检", 2, "aql", "2.500")
    assert [curve["name"] for curve in made["curves"]] == ["major", "minor"]
    assert len(made["coming"]) == made["coverage"]["waiting"] == InspectionTask.objects.count() > 2
    assert set(made["moves"]) == {"pause", "retire"}
    changed = send(manager, "put", f"/plans/{made['code']}", {**sent, "name": "公区检查", "sampling": "count"}).json()
    assert (changed["rules"]["name"], changed["rules"]["sampling"]) == ("公区检查", "count")
    paused = send(manager, "post", f"/plans/{made['code']}/moves/pause", {"note": "施工"}).json()
    assert (paused["state"], set(paused["moves"])) == ("paused", {"resume", "retire"})
    reader = client_as("auditor").get(f"{PATH}/plans/{made['code']}").json()
    assert reader == {**paused, "moves": []}


def test_what_a_plan_names_is_known_or_told_by_field(client_as, world, line):
    manager = client_as("quality_manager")
    wrong = plan_of(world, line, estates=["X"], lines=["CT-9/1"], places=["nowhere"], checklist="CL-9")
    assert sorted(fields_of(send(manager, "post", "/plans", wrong))) == ["checklist", "estates", "lines", "places"]
    assert fields_of(send(manager, "post", "/plans", plan_of(world, line, times=32))) == ["times"]
    assert send(manager, "post", "/plans", plan_of(world, line, office="nowhere")).status_code == 404
    assert send(client_as("quality_inspector"), "post", "/plans", plan_of(world, line)).status_code == 403
    assert not InspectionPlan.objects.exists()


def test_plans_are_listed_inside_the_offices_with_their_counts(client_as, world, line):
    first, second = make_plan(world.ours, lines=[line]), make_plan(world.ours, state="paused")
    make_task(line, plan=first)
    inspector = client_as("quality_inspector")
    rows = inspector.get(f"{PATH}/plans?limit=1").json()
    assert (rows[0]["code"], rows[0]["waiting_count"], rows[0]["checklist"]) == (first.code, 1, None)
    assert [row["code"] for row in inspector.get(f"{PATH}/plans?after={first.code}").json()] == [second.code]
    assert [row["code"] for row in inspector.get(f"{PATH}/plans?state=paused").json()] == [second.code]
    for stranger in ("vendor_manager", "their quality_manager"):
        assert client_as(stranger).get(f"{PATH}/plans/{first.code}").status_code == 404


def test_missing_tasks_are_made_once(client_as, world, line):
    plan = make_plan(world.ours, lines=[line], frequency="risk", times=2, times_max=3)
    manager = client_as("quality_manager")
    made = send(manager, "post", f"/plans/{plan.code}/tasks", {}).json()["made"]
    assert made == InspectionTask.objects.filter(plan=plan).count() > 0
    assert send(manager, "post", f"/plans/{plan.code}/tasks", {}).json() == {"made": 0}
    assert send(client_as("quality_inspector"), "post", f"/plans/{plan.code}/tasks", {}).status_code == 403
    rating = manager.get(f"{PATH}/plans/{plan.code}").json()["ratings"][0]
    assert (rating["line"], rating["opens_on"]) == (f"{line.contract.code}/1", "2026-11-23")
    assert set(rating["trace"][0]) >= {field for field in Step.__dataclass_fields__ if field in {"label", "inputs"}}


def test_a_round_is_given_recorded_and_its_lot_judged(client_as, world, line):
    places = [make_place(line.estate, f"{number} 层") for number in (1, 2)]
    drawn = {"lot": 2, "n": 2, "mode": "aql", "classes": {"major": {"n": 2, "ac": 0, "re": 1, "severity": "normal"}}}
    task = make_task(line, places=places, plan=make_plan(world.ours), sampling=drawn, seed=7)
    inspector, path = client_as("quality_inspector"), f"/tasks/{task.code}"
    name = world.ours.people["quality_inspector"].username
    given = send(client_as("quality_manager"), "put", f"{path}/inspectors", {"inspectors": [name, name]}).json()
    assert (given["inspectors"], given["task"]["is_mine"]) == ([name], False)
    assert [row["code"] for row in inspector.get(f"{PATH}/tasks?mine=true&plan={task.plan.code}").json()] == [task.code]
    checks = [{"item": "floors.handrail", "place": place.tag, "verdict": "pass"} for place in places]
    begun = send(inspector, "post", f"{path}/results", {"day": "2026-11-23", "checks": checks[:1]}).json()
    assert (begun["task"]["state"], begun["seed"], begun["lot"]["is_over"]) == ("started", "7", False)
    failed = {**checks[1], "verdict": "fail", "severity": "major", "note": "灰尘"}
    done = send(inspector, "post", f"{path}/results", {"day": "2026-11-23", "checks": [failed], "is_finished": True}).json()
    assert (done["task"]["state"], done["lot"]["is_accepted"], done["moves"]) == ("done", False, [])
    assert (done["sampling"]["n"], len(done["visits"]), sorted(done["places"])) == (2, 2, sorted(p.tag for p in places))
    assert LotVerdict.objects.get().classes["major"]["faulty"] == CheckResult.objects.filter(verdict=1).count() == 1
    assert send(inspector, "post", f"{path}/results", {"day": "2026-11-23", "checks": checks}).status_code == 422


def test_what_a_round_names_is_known_or_told_by_field(client_as, world, line):
    task = make_task(line)
    inspector, path = client_as("quality_inspector"), f"/tasks/{task.code}"
    wrong = [{"item": "nothing", "place": "nowhere", "verdict": "pass"}]
    assert fields_of(send(inspector, "post", f"{path}/results", {"day": "2026-11-23", "checks": wrong})) == ["item", "place"]
    answer = send(client_as("quality_manager"), "put", f"{path}/inspectors", {"inspectors": ["nobody"]})
    assert fields_of(answer) == ["inspectors"]
    assert send(inspector, "put", f"{path}/inspectors", {"inspectors": []}).status_code == 403
    vendor = client_as("vendor_manager")
    assert send(vendor, "post", f"{path}/results", {"day": "2026-11-23", "checks": wrong}).status_code == 403
    seen = vendor.get(f"{PATH}{path}").json()
    assert (seen["inspectors"], seen["places"], seen["seed"], seen["sampling"], seen["moves"]) == ([], [], "", {}, [])
    assert client_as("rival_manager").get(f"{PATH}{path}").status_code == 404


def test_a_round_is_begun_and_called_off(client_as, line):
    task = make_task(line)
    inspector, manager, path = client_as("quality_inspector"), client_as("quality_manager"), f"/tasks/{task.code}/moves"
    assert set(manager.get(f"{PATH}/tasks/{task.code}").json()["moves"]) == {"start", "finish", "cancel"}
    begun = send(inspector, "post", f"{path}/start", {}).json()
    assert (begun["task"]["state"], set(begun["moves"])) == ("started", {"finish"})
    assert send(inspector, "post", f"{path}/miss", {}).status_code == 403
    assert send(inspector, "post", f"{path}/start", {}).status_code == 409
    assert fields_of(send(inspector, "post", f"{path}/finish", {"note": "完"})) == ["task"]
    assert send(manager, "post", f"{path}/cancel", {"note": "台风"}).json()["task"]["state"] == "cancelled"
    assert [row["state"] for row in manager.get(f"{PATH}/tasks?state=cancelled").json()] == ["cancelled"]
