from datetime import date
from uuid import uuid4

import pytest

from tests.factories.attendance import make_post, make_round, make_route, make_slot, make_worker
from tests.factories.inspections import make_line

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
