from datetime import date
from uuid import uuid4

import pytest

from duban.attendance.models import LedgerFinding
from tests.factories.attendance import make_post, make_round, make_route, make_slot, make_worker
from tests.factories.inspections import make_line, make_place
from tests.factories.vendors import make_credential

PATH = "/api/v1/attendance/slots"


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def guard_post(world):
    return make_post(world.ours.estate)


def send(client, path, payload):
    return client.post(path, payload, content_type="application/json")


def test_slots_are_delivered_by_name(client_as, line, guard_post):
    row = {
        "contract": line.contract.code,
        "line": 1,
        "post": guard_post.code,
        "day": "2026-10-05",
        "shift": "night",
        "state": "vacant",
    }
    client = client_as("quality_manager")
    assert send(client, PATH, {"rows": [row]}).json() == {"created": 1, "changed": 0, "unchanged": 0}
    assert send(client, PATH, {"rows": [row]}).json() == {"created": 0, "changed": 0, "unchanged": 1}
    faults = [{**row, "post": "x"}, {**row, "line": 9}]
    answer = send(client, PATH, {"rows": faults})
    assert [error["field"] for error in answer.json()["errors"]] == ["rows.0.post", "rows.1.line"]
    assert send(client_as("vendor_manager"), PATH, {"rows": [row]}).status_code == 403


def test_slots_are_read_and_decided(client_as, line, guard_post):
    slot = make_slot(line, guard_post, state="review")
    client = client_as("quality_manager")
    assert [item["code"] for item in client.get(f"{PATH}?from_day=2026-10-05&to_day=2026-10-05").json()] == [slot.code]
    assert client.get(f"{PATH}?after={slot.code}").json() == []
    assert client_as("their auditor").get(PATH).json() == []
    assert client.get(f"{PATH}/{slot.code}").json()["state"] == "review"
    assert send(client, f"{PATH}/{slot.code}/moves/accept", {"note": "监控可见"}).json()["state"] == "present"


def test_people_are_checked_in_and_a_day_is_read(client_as, world, line, guard_post):
    worker = make_worker(world.ours.vendor)
    row = {
        "id": str(uuid4()),
        "post": guard_post.code,
        "direction": "in",
        "method": "position",
        "at": "2026-10-05T08:00:00+08:00",
        "worker": worker.code,
        "latitude": "31.230400",
        "longitude": "121.473700",
    }
    other = {**row, "id": str(uuid4()), "latitude": None}
    path = "/api/v1/attendance/punches"
    answer = send(client_as("vendor_foreman"), path, {"rows": [row, other]}).json()
    assert send(client_as("vendor_foreman"), path, {"rows": [row]}).json() == {row["id"]: answer[row["id"]]}
    assert send(client_as("quality_manager"), path, {"rows": [{**row, "id": str(uuid4())}]}).status_code == 403
    make_slot(line, guard_post, date(2026, 10, 6))
    days = f"/api/v1/attendance/posts/{guard_post.code}/days"
    day = client_as("quality_manager").get(f"{days}/2026-10-05").json()
    assert [punch["verdict"] for punch in day["punches"]] == ["taken", "exception"]
    assert (day["radius"], day["punches"][1]["reasons"]) == (400, ["no_position"])
    assert len(client_as("quality_manager").get(f"{days}/2026-10-06").json()["slots"]) == 1
    assert client_as("rival_manager").get(f"{days}/2026-10-05").status_code == 404


def test_a_round_is_read(client_as, line):
    found = make_round(make_route(line), skipped_count=2)
    path = f"/api/v1/attendance/rounds/{found.code}"
    assert client_as("quality_manager").get(path).json()["skipped_count"] == 2
    assert client_as("rival_manager").get(path).status_code == 404


def test_exceptions_of_the_ledger_are_read_and_decided(client_as, line, guard_post):
    first, second = (
        LedgerFinding.objects.create(
            line=line,
            month=date(2026, 10, 1),
            key=str(day),
            flaw="two_posts",
            day=date(2026, 10, day),
            shift="day",
            post=guard_post,
            quantity=1,
            inputs={"other": "西门"},
        )
        for day in (5, 6)
    )
    path, client = "/api/v1/attendance/ledger", client_as("quality_manager")
    assert [row["code"] for row in client.get(path).json()] == [first.code, second.code]
    assert [row["code"] for row in client.get(f"{path}?after={first.code}").json()] == [second.code]
    assert [row["code"] for row in client.get(f"{path}?from_day=2026-10-05&to_day=2026-10-05").json()] == [first.code]
    assert client_as("their auditor").get(f"{path}/{first.code}").status_code == 404
    assert client_as("vendor_manager").get(f"{path}/{first.code}").json()["inputs"] == {"other": "西门"}
    refused = send(client_as("vendor_manager"), f"{path}/{first.code}/moves/uphold", {"note": "查实"})
    assert refused.status_code == 403
    decided = send(client, f"{path}/{first.code}/moves/uphold", {"note": "查实"})
    assert (decided.status_code, decided.json()["state"]) == (200, "upheld")


def test_routes_are_drawn_changed_and_read(client_as, line):
    path, client = "/api/v1/attendance/routes", client_as("quality_manager")
    tags = [make_place(line.estate, name).tag for name in ("东门", "西门")]
    stops = [{"place": tag, "opens_minute": 10 * number, "closes_minute": 10 * number + 30} for number, tag in enumerate(tags)]
    said = {"contract": line.contract.code, "line": 1, "name": "夜巡", "starts": ["22:00"], "points": stops}
    made = send(client, path, said)
    assert (made.status_code, [stop["place"] for stop in made.json()["points"]]) == (201, tags)
    code = made.json()["code"]
    changed = client.put(f"{path}/{code}", {**said, "points": stops[:1]}, content_type="application/json")
    assert [stop["order"] for stop in changed.json()["points"]] == [1]
    assert client.get(f"{path}/{code}").json()["name"] == "夜巡"
    assert [row["code"] for row in client.get(path).json()] == [code]
    assert client.get(f"{path}?after={code}").json() == []
    assert send(client_as("vendor_manager"), path, said).status_code == 403
    assert send(client_as("their quality_manager"), path, said).status_code == 404


def test_rosters_are_made_by_the_vendor_and_refused_without_credentials(client_as, world, line, guard_post):
    path, vendor = "/api/v1/attendance/rosters", client_as("vendor_manager")
    worker, bare = make_worker(world.ours.vendor), make_worker(world.ours.vendor, "李强")
    make_credential(worker)
    guard_post.required_credentials = ["guard"]
    guard_post.save()
    opened = send(vendor, path, {"contract": line.contract.code, "line": 1, "day": "2026-12-02"}).json()
    assert (opened["week"], opened["state"], opened["cells"]) == ("2026-11-30", "draft", [])
    code, cell = opened["code"], f"{guard_post.code}.2026-11-30.day"
    fill = f"{path}/{code}/cells"
    refused = vendor.put(fill, {"cells": {cell: bare.code}}, content_type="application/json")
    assert [error["field"] for error in refused.json()["errors"]] == [cell]
    assert "2026-11-30: “Security guard card” is missing" in refused.json()["errors"][0]["message"]
    filled = vendor.put(fill, {"cells": {cell: worker.code}}, content_type="application/json").json()
    assert filled["cells"] == [{"cell": cell, "planned": "work", "worker": "王小明", "conflicts": []}]
    assert client_as("quality_manager").get(f"{path}/{code}").status_code == 404
    assert send(vendor, f"{path}/{code}/moves/publish", {}).json()["state"] == "published"
    assert client_as("quality_manager").get(f"{path}/{code}").json()["cells"][0]["worker"] == "王**"
    assert [row["code"] for row in vendor.get(path).json()] == [code]
    assert vendor.get(f"{path}?after={code}").json() == []
    assert send(vendor, f"{path}/{code}/moves/nonsense", {}).status_code == 404
    assert send(client_as("quality_manager"), f"{path}/{code}/moves/reopen", {}).status_code == 403
    swaps = f"{path}/{code}/swaps"
    assert send(vendor, swaps, {"cell": cell, "worker": bare.code, "reason": "病假"}).status_code == 422
    make_credential(bare, number="G2")
    swap = send(vendor, swaps, {"cell": cell, "worker": bare.code, "reason": "病假"})
    assert (swap.status_code, swap.json()["state"]) == (201, "proposed")
    assert send(vendor, f"{path}/swaps/{swap.json()['code']}/moves/accept", {}).json()["state"] == "accepted"
