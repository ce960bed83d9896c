import base64
import json

from duban.kernel.actor import system_actor
from duban.standards.models import Standard
from duban.standards.services import install_defaults
from tests.factories.standards import ChecklistFactory, StandardFactory, StandardItemFactory
from tests.platform.test_files import picture
from tests.standards.xlsforms import asks, workbook


def send(client, method, path, payload):
    return getattr(client, method)(f"/api/v1{path}", json.dumps(payload), content_type="application/json")


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


def test_forms_of_checklists(client_as, world):
    standard = StandardFactory(tenant=world.ours.root)
    checklist = ChecklistFactory(standard=standard)
    checklist.items.set([StandardItemFactory(standard=standard, key="floors.rail")])
    client = client_as("quality_manager")
    path = f"/standards/checklists/{checklist.code}/form"
    good = base64.b64encode(workbook(asks("floors.rail"))).decode()
    preview = send(client, "post", path, {"file": good, "is_preview": True}).json()
    assert preview == {"version": None, "faults": [], "added": [], "removed": []}
    assert client.get(f"/api/v1{path}").json()["version"] == 0
    assert send(client, "post", path, {"file": good}).json()["version"] == 1
    assert client.get(f"/api/v1{path}").json()["questions"][0]["name"] == "floors.rail"
    bad = base64.b64encode(workbook(["date", "when", "日期"])).decode()
    fault = send(client, "post", path, {"file": bad}).json()["faults"][0]
    assert (fault["sheet"], fault["row"], fault["column"], fault["value"]) == ("survey", 2, "A", "date")
    assert send(client, "post", path, {"file": "****"}).status_code == 422
    assert b"".join(client.get(f"/api/v1/standards/checklists/{checklist.code}/xlsform").streaming_content)[:2] == b"PK"


def test_reference_pictures_are_set_and_taken_away(client_as, world):
    standard = StandardFactory(tenant=world.ours.root, state="in_force")
    item = StandardItemFactory(standard=standard, key="floors.rail")
    path = f"/standards/{standard.code}/items/floors.rail/pictures/bad_picture"
    client = client_as("quality_manager")
    payload = {"file": base64.b64encode(picture()).decode()}
    assert send(client, "put", path, payload).json()["key"] == "floors.rail"
    item.refresh_from_db()
    assert item.bad_picture is not None
    assert send(client, "put", path, {"file": "??"}).status_code == 422
    assert send(client_as("vendor_manager"), "put", path, payload).status_code == 403
    assert send(client, "delete", path, {}).status_code == 200
    item.refresh_from_db()
    assert item.bad_picture is None
