import pytest

from duban.settlement.models import Statement
from tests.factories.counts import make_counted_contract
from tests.factories.settlement import make_contract, make_statement

pytestmark = pytest.mark.django_db
BASE = "/api/v1/settlement"


@pytest.fixture
def statement(world):
    make_statement(world.theirs)
    return make_statement(world.ours)


def post(client, path, body=None):
    return client.post(f"{BASE}{path}", body or {}, content_type="application/json")


def test_reading(statement, client_as):
    finance = client_as("finance")
    rows = finance.get(f"{BASE}/statements?period=2026-10").json()
    assert [row["code"] for row in rows] == [statement.code]
    detail = finance.get(f"{BASE}/statements/{statement.code}").json()
    assert (detail["payable_amount"], len(detail["lines"])) == ("225846.87", 6)
    assert finance.get(f"{BASE}/statements/{statement.code}/case").json()["period"] == "2026-10"
    assert [row["key"] for row in finance.get(f"{BASE}/terms").json()] == ["T2"]


def test_strangers_find_nothing(statement, client_as):
    for role in ("their finance", "rival_manager", "vendor_manager"):
        assert client_as(role).get(f"{BASE}/statements/{statement.code}").status_code == 404
        assert client_as(role).get(f"{BASE}/statements").json() == [] or role == "their finance"


def test_a_month_by_the_api(world, client_as):
    make_contract(world.ours)
    finance, vendor, quality = client_as("finance"), client_as("vendor_manager"), client_as("quality_manager")
    report = post(finance, "/build", {"period": "2026-10"}).json()
    (code,) = report["created"]
    assert post(finance, "/build", {"period": "October"}).status_code == 422
    assert post(finance, f"/statements/{code}/send").json()["state"] == "sent"
    assert post(vendor, f"/statements/{code}/lines/1/confirm").json()["lines"][0]["vendor_state"] == "confirmed"
    appeal = post(vendor, f"/statements/{code}/lines/3/appeal", {"reason": "no"})
    assert (appeal.status_code, appeal.json()["line"]) == (201, 3)
    decided = post(quality, f"/appeals/{appeal.json()['code']}/decision", {"is_upheld": False, "note": "It stands."})
    assert decided.json()["state"] == "confirmed"
    assert post(finance, f"/statements/{code}/finalise").json()["state"] == "final"
    paid = post(finance, f"/statements/{code}/payments", {"amount": "231230.00", "paid_on": "2026-11-23"})
    assert (paid.status_code, paid.json()["state"]) == (201, "paid")


def test_confirming_all_by_the_api(statement, client_as):
    post(client_as("finance"), f"/statements/{statement.code}/send")
    assert post(client_as("vendor_manager"), f"/statements/{statement.code}/confirm").json()["state"] == "confirmed"
    assert Statement.objects.get(pk=statement.pk).due_on.isoformat() == "2027-01-22"


def test_counted_work_by_the_api(world, client_as):
    contract = make_counted_contract(world.ours)
    finance, vendor = client_as("finance"), client_as("vendor_manager")
    entry = {"contract": contract.code, "line": 1, "period": "2026-10", "name": "绿篱修剪", "quantity": "12.5"}
    made = post(vendor, "/counts", entry)
    code = made.json()["code"]
    assert (made.status_code, made.json()["amount"], made.json()["is_by_vendor"]) == (201, "43.75", True)
    assert post(vendor, "/counts", {**entry, "line": 2}).status_code == 404
    assert post(vendor, f"/counts/{code}/confirm").status_code == 403
    assert post(finance, f"/counts/{code}/dispute", {"reason": "10 m²"}).json()["answer"] == "10 m²"
    assert post(vendor, f"/counts/{code}/correct", {"quantity": "10"}).json()["state"] == "entered"
    assert post(finance, f"/counts/{code}/confirm").json()["state"] == "confirmed"
    other = post(vendor, "/counts", {**entry, "name": "乔木修剪"}).json()["code"]
    assert post(vendor, f"/counts/{other}/withdraw").json()["state"] == "withdrawn"
    assert [row["code"] for row in finance.get(f"{BASE}/counts?period=2026-10").json()] == [code, other]
    assert [row["code"] for row in finance.get(f"{BASE}/counts?after={code}").json()] == [other]
    assert client_as("their finance").get(f"{BASE}/counts").json() == []
