from decimal import Decimal

import pytest

from duban.scorecards.domain.calc import calculate
from duban.scorecards.models import Card, CardAppeal, VendorGrade
from duban.scorecards.services import grades_propose
from tests.factories.scorecards import bound_line, full_month, office, period

BASE = "/api/v1/scorecards"


@pytest.fixture
def line(world, evidence):
    """A line with a month of evidence, not closed yet."""
    found = bound_line(world.ours)
    full_month(evidence, found)
    period(world.ours)
    return found


def send(client, path, **payload):
    return client.post(f"{BASE}{path}", payload, content_type="application/json")


def test_from_close_to_revision_through_the_api(line, client_as, world):
    manager, vendor, city = client_as("quality_manager"), client_as("vendor_manager"), client_as("city_manager")
    report = send(manager, "/periods/2026-10/close").json()
    code = report["created"][0]
    assert (report["is_closed"], report["held"]) == (True, [])
    assert send(city, "/periods/2026-10/publish", codes=[code]).json() == [code]
    shown = vendor.get(f"{BASE}/cards/{code}").json()
    assert (shown["score"], shown["state"], shown["confirm_by"]) == ("83.5", "published", "2026-11-26")
    row = next(item for item in vendor.get(f"{BASE}/cards/{code}/occurrences").json() if item["kind"] == "failed_item")
    raised = send(vendor, f"/cards/{code}/appeals", points=[{"ground": "lift", "app": row["app"], "code": row["code"]}])
    assert raised.status_code == 201
    appeal = raised.json()[0]["code"]
    assert send(manager, f"/appeals/{appeal}/decision", decision="uphold", note="true").json()["state"] == "upheld"
    assert [item["score"] for item in vendor.get(f"{BASE}/cards").json()] == ["84.5"]
    assert vendor.get(f"{BASE}/appeals").json()[0]["decision_note"] == "true"


def test_case_can_be_recomputed(line, client_as):
    manager = client_as("quality_manager")
    code = send(manager, "/periods/2026-10/close").json()["created"][0]
    assert Decimal(calculate(manager.get(f"{BASE}/cards/{code}/case").json())["score"]) == Card.objects.get().score


def test_confirm_withdraw_finalise(line, client_as):
    manager, vendor = client_as("quality_manager"), client_as("vendor_manager")
    code = send(manager, "/periods/2026-10/close").json()["created"][0]
    send(manager, "/periods/2026-10/publish")
    assert send(manager, f"/cards/{code}/withdraw", note="again").json()["state"] == "draft"
    send(manager, "/periods/2026-10/publish")
    assert send(vendor, f"/cards/{code}/confirm").json()["state"] == "confirmed"
    assert send(manager, f"/cards/{code}/finalise").json()["state"] == "final"
    assert send(manager, f"/cards/{code}/finalise").status_code == 409


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), ("their quality_manager", 404), ("rival_manager", 404)])
def test_others_get_nothing(line, client_as, who, status):
    code = send(client_as("quality_manager"), "/periods/2026-10/close").json()["created"][0]
    assert client_as(who).get(f"{BASE}/cards/{code}").status_code == status
    assert send(client_as(who), f"/cards/{code}/appeals", points=[{"ground": "x", "indicator": "floors"}]).status_code == 404
    assert CardAppeal.objects.count() == 0


def test_schemes_periods_and_grades_are_read(line, client_as, world):
    manager = client_as("quality_manager")
    assert manager.get(f"{BASE}/periods").json()[0]["key"] in {"2026-11", "2026Q4"}
    scheme = next(item for item in manager.get(f"{BASE}/schemes").json() if item["key"] == "CLN-M")
    assert manager.get(f"{BASE}/schemes/{scheme['code']}/versions").json()[0]["definition"]["code"] == "CLN-M"
    send(manager, "/periods/2026-10/close")
    grades_propose(actor=office(world.ours), period=period(world.ours))
    code = manager.get(f"{BASE}/grades").json()[0]["code"]
    assert send(manager, f"/grades/{code}/confirm", grade="B").status_code == 422
    assert send(manager, f"/grades/{code}/confirm", grade="B", note="new").json()["grade"] == "B"
    assert VendorGrade.objects.get().state == "confirmed"
    assert client_as("their quality_manager").get(f"{BASE}/grades").json() == []


def test_rating_through_the_api(world, evidence, client_as):
    line = bound_line(world.ours, scheme="T4")
    period(world.ours)
    path = f"{BASE}/periods/2026-10/ratings/{line.contract.code}/{line.number}"
    manager, estate = client_as("quality_manager"), client_as("estate_manager")
    manager.put(path, [{"indicator": "service", "rating": "80"}], content_type="application/json")
    assert estate.get(path).json() == [
        {
            "indicator": "service",
            "scale": "100",
            "rating": None,
            "note": "",
            "count": None,
            "lowest": None,
            "highest": None,
            "mean": None,
        }
    ]
    (row,) = estate.put(path, [{"indicator": "service", "rating": "90"}], content_type="application/json").json()
    assert (row["count"], row["lowest"], row["mean"]) == (2, "80.00", "85.00")
    assert estate.put(path, [{"indicator": "x", "rating": "90"}], content_type="application/json").status_code == 422
    assert client_as("finance").get(path).status_code == 403
