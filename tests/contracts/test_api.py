"""The operations of the four registers: same services, same refusals as the pages."""

import json

import pytest

from duban.contracts.models import Contract, ContractLine
from duban.estates.models import Estate, Place, Post
from duban.kernel.actor import system_actor
from duban.standards.models import Standard
from duban.standards.services import install_defaults
from duban.vendors.models import Certificate, Company
from tests.factories.contracts import ContractFactory, ContractLineFactory
from tests.factories.vendors import credit_code


def send(client, method, path, payload):
    return getattr(client, method)(f"/api/v1{path}", json.dumps(payload), content_type="application/json")


def test_estates_places_and_posts(client_as, world):
    client = client_as("group_admin")
    made = send(
        client, "post", "/estates/", {"office": world.ours.project.code, "name": "三园", "city": "上海", "area_m2": "10"}
    )
    assert made.status_code == 201, made.content
    code = made.json()["code"]
    assert client.get(f"/api/v1/estates/{code}").json()["name"] == "三园"
    assert send(client, "put", f"/estates/{code}", {"name": "四园", "city": "上海"}).json()["name"] == "四园"
    place = send(client, "post", f"/estates/{code}/places", {"kind": "building", "name": "1 栋"}).json()
    post = {"service_line": "security", "name": "东门", "hours_per_week": "84", "place": place["tag"]}
    assert send(client, "post", f"/estates/{code}/posts", post).status_code == 201
    assert send(client, "post", f"/estates/{code}/posts", {**post, "service_line": "magic"}).status_code == 422
    assert [row["name"] for row in client.get(f"/api/v1/estates/{code}/places").json()] == ["1 栋"]
    assert [row["name"] for row in client.get(f"/api/v1/estates/{code}/posts").json()] == ["东门"]
    assert (Estate.objects.filter(name="四园").count(), Place.objects.count(), Post.objects.count()) == (1, 1, 1)
    assert client_as("their group_admin").get(f"/api/v1/estates/{code}").status_code == 404
    assert send(client_as("finance"), "put", f"/estates/{code}", {"name": "五园", "city": "上海"}).status_code == 403


def test_pages_of_the_api_go_on_after_a_code(client_as, world):
    client = client_as("group_admin")
    first = client.get("/api/v1/estates/?limit=1").json()
    second = client.get(f"/api/v1/estates/?limit=5&after={first[0]['code']}").json()
    assert [row["name"] for row in first + second] == [world.ours.estate.name, world.ours.estate_two.name]


def test_vendors_and_certificates(client_as, world):
    client = client_as("procurement")
    company = {
        "name": "新洁",
        "short_name": "新洁",
        "credit_code": credit_code(5),
        "size_class": "small",
        "service_lines": ["cleaning"],
    }
    made = send(client, "post", "/vendors/", {**company, "contact_phone": "13800000000"})
    assert made.status_code == 201, made.content
    assert "13800000000" not in made.content.decode()
    code = made.json()["code"]
    assert send(client, "post", "/vendors/", {**company, "credit_code": "91310000MA1FL0AA0Y"}).status_code == 422
    assert send(client, "put", f"/vendors/{code}", {**company, "short_name": "新洁净"}).json()["short_name"] == "新洁净"
    path = f"/vendors/{code}/certificates"
    certificate = send(client, "post", path, {"kind": "iso_9001", "number": "1", "valid_from": "2026-01-01"}).json()
    changed = {"kind": "iso_9001", "number": "1", "valid_from": "2026-01-01", "valid_until": "2028-01-01"}
    assert send(client, "put", f"/vendors/certificates/{certificate['code']}", changed).json()["valid_until"] == "2028-01-01"
    assert [row["number"] for row in client.get(f"/api/v1{path}").json()] == ["1"]
    assert (Company.objects.filter(short_name="新洁净").count(), Certificate.objects.count()) == (1, 1)
    assert send(client_as("vendor_manager"), "post", "/vendors/", company).status_code == 403


def test_standards_from_version_to_force(client_as, world):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    client = client_as("quality_manager")
    code = Standard.objects.get(key="greening").code
    assert len(client.get(f"/api/v1/standards/{code}/items").json()) == 25
    assert len(client.get("/api/v1/standards/licence-rules").json()) == 15
    draft = send(client, "post", f"/standards/{code}/versions", {"reason": "更严"}).json()
    item = {"key": "lawn.moss", "name": "苔藓", "frequency": "每月"}
    assert send(client, "post", f"/standards/{code}/items", item).status_code == 409
    assert send(client, "post", f"/standards/{draft['code']}/items", item).status_code == 201
    assert send(client, "post", f"/standards/{draft['code']}/enact", {"on": "2026-12-01"}).json()["state"] == "in_force"
    assert client.get(f"/api/v1/standards/{code}").json()["state"] == "superseded"
    assert len(client.get("/api/v1/standards/?limit=500").json()) == 14


def test_contracts_through_their_life(client_as, world):
    client = client_as("procurement")
    contract = {
        "office": world.ours.city.code,
        "vendor": world.ours.vendor.code,
        "number": "HT",
        "title": "合同",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "vendor_size_class": "small",
        "buyer_size_class": "large",
    }
    assert send(client, "post", "/contracts/", {**contract, "ends_on": "2025-01-01"}).status_code == 422
    code = send(client, "post", "/contracts/", contract).json()["code"]
    line = {
        "estate": world.ours.estate.code,
        "service_line": "cleaning",
        "fee_basis": "lump_sum",
        "unit_price_amount": "100.005",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }
    assert send(client, "post", f"/contracts/{code}/activate", {}).status_code == 422
    assert send(client, "post", f"/contracts/{code}/lines", line).json()["monthly_amount"] == "100.01"
    for move, note, state in (("activate", "", "active"), ("suspend", "x", "suspended"), ("resume", "x", "active")):
        assert send(client, "post", f"/contracts/{code}/{move}", {"note": note}).json()["state"] == state
    ended = send(client, "post", f"/contracts/{code}/terminate", {"on": "2026-10-31", "note": "x"}).json()
    assert (ended["state"], ended["terminated_on"]) == ("terminated", "2026-10-31")
    assert (Contract.objects.count(), ContractLine.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("role", "status"), [("finance", 200), ("vendor_manager", 200), ("rival_manager", 404), ("their finance", 404)]
)
def test_who_reads_a_contract(client_as, world, role, status):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    ContractLineFactory(contract=contract, estate=world.ours.estate)
    client = client_as(role)
    assert client.get(f"/api/v1/contracts/{contract.code}").status_code == status
    assert client.get(f"/api/v1/contracts/{contract.code}/lines").status_code == status
