import pytest

from tests.factories.attendance import make_post, make_slot
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
