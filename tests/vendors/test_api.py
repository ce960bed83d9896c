import json

from duban.vendors.models import Certificate, Company
from tests.factories.vendors import credit_code


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
