import pytest

from duban.complaints.models import Complaint
from tests.factories.complaints import make_complaint
from tests.factories.inspections import make_line

PATH = "/api/v1/complaints"


@pytest.fixture
def line(world):
    return make_line(world.ours)


def post(client, path, payload):
    return client.post(f"{PATH}{path}", payload, content_type="application/json")


def test_a_complaint_comes_in_once(client_as, world):
    payload = {
        "estate": world.ours.estate.name,
        "category": "noise",
        "text": "噪声",
        "received_at": "2026-11-22T21:00:00+08:00",
        "external_number": "A-1",
    }
    desk = client_as("service_desk")
    first = post(desk, "/", payload)
    assert (first.status_code, first.json()["state"]) == (201, "received")
    assert post(desk, "/", payload).json()["code"] == first.json()["code"]
    assert Complaint.objects.count() == 1
    assert post(desk, "/", {**payload, "estate": world.theirs.estate.name}).status_code == 404
    assert post(desk, "/", {**payload, "external_number": "A-2", "category": "x"}).status_code == 422


def test_the_whole_life(client_as, line):
    complaint = make_complaint(line, line=None, state="received")
    desk, path = client_as("service_desk"), f"/{complaint.code}"
    assert post(desk, f"{path}/route", {"contract": line.contract.code, "line": 9}).status_code == 404
    assert post(desk, f"{path}/route", {"contract": line.contract.code, "line": 1}).json()["contract"] == line.contract.code
    assert post(desk, f"{path}/validity", {"is_valid": True, "reason": "属实"}).json()["validity"] == "valid"
    assert post(client_as("vendor_manager"), f"{path}/replies", {"text": "已处理"}).json()["state"] == "replied"
    assert post(desk, f"{path}/moves/close", {}).json()["state"] == "closed"
    assert desk.get(f"{PATH}{path}").json()["code"] == complaint.code
    assert [item["code"] for item in desk.get(f"{PATH}/?state=closed").json()] == [complaint.code]
    assert client_as("their quality_manager").get(f"{PATH}/").json() == []
    assert client_as("rival_manager").get(f"{PATH}{path}").status_code == 404
