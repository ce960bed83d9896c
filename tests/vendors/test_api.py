import json

from duban.vendors.models import Certificate, Company
from tests.factories.vendors import credit_code, identity_number


def send(client, method, path, payload):
    return getattr(client, method)(f"/api/v1{path}", json.dumps(payload), content_type="application/json")


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


def test_people_and_their_credentials(client_as, world):
    vendor, office = client_as("vendor_manager"), client_as("quality_manager")
    person = {"name": "王小明", "entered_on": "2025-03-01", "identity": identity_number(1), "category": "backbone"}
    made = send(vendor, "post", f"/vendors/{world.ours.vendor.code}/workers", person)
    assert (made.status_code, made.json()["name"]) == (201, "王**")
    assert person["identity"] not in made.content.decode()
    path = f"/vendors/workers/{made.json()['code']}"
    assert send(vendor, "put", path, {**person, "category": "image", "identity": None}).json()["category"] == "image"
    assert send(vendor, "post", f"{path}/left", {"left_on": "2026-11-01"}).json()["left_on"] == "2026-11-01"
    assert office.get(f"/api/v1{path}").json() == office.get("/api/v1/vendors/workers").json()[0]
    guard = {"kind": "guard", "number": "沪保20200012", "valid_from": "2024-01-01"}
    credential = send(vendor, "post", f"{path}/credentials", guard).json()
    assert (credential["state"], credential["number"]) == ("entered", "沪保2*****12")
    judge = f"/vendors/credentials/{credential['code']}"
    assert send(vendor, "post", f"{judge}/verify", {}).status_code == 403
    assert send(office, "post", f"{judge}/verify", {}).json()["state"] == "verified"
    assert send(office, "post", f"{judge}/reject", {}).status_code == 422
    assert send(office, "post", f"{judge}/reject", {"note": "查无此证"}).json()["state"] == "rejected"
    assert [row["state"] for row in vendor.get(f"/api/v1{path}/credentials").json()] == ["rejected"]
