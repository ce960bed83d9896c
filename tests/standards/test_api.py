import json

from duban.kernel.actor import system_actor
from duban.standards.models import Standard
from duban.standards.services import install_defaults


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
