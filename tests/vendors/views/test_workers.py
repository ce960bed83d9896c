from datetime import date

import pytest

from duban.platform.audit.models import AuditEntry
from duban.platform.sealing import seal
from duban.vendors.models import Worker
from tests.factories.vendors import identity_number, make_credential, make_proof, make_worker

ENTERED = {
    "name": "王小明",
    "identity": identity_number(1),
    "service_line": "security",
    "category": "backbone",
    "entered_on": "2025-03-01",
}


def test_the_list_is_flat_masked_and_scoped(client_as, flat_queries, world):
    client = client_as("procurement")
    flat_queries.check(
        "vendors.workers",
        visit=lambda: client.get("/vendors/workers/"),
        add_row=lambda: make_credential(make_worker(world.ours.vendor, "欧阳小明"), valid_until=date(2026, 11, 1)),
    )
    make_worker(world.theirs.vendor, "诸葛大明")
    page = client.get("/vendors/workers/").content.decode()
    assert "欧***" in page
    assert "欧阳小明" not in page
    assert "诸" not in page


@pytest.mark.parametrize(("query", "count"), [("employed=yes", 1), ("employed=no", 1), ("expired=yes", 1), ("double=yes", 0)])
def test_the_list_is_narrowed(client_as, world, query, count):
    make_credential(make_worker(world.ours.vendor), valid_until=date(2026, 11, 1))
    make_worker(world.ours.vendor, left_on=date(2026, 11, 1))
    page = client_as("finance").get(f"/vendors/workers/?{query}").content.decode()
    assert page.count("王**</a>") == count


def test_a_person_is_entered_changed_and_leaves(client_as, world):
    client = client_as("vendor_manager")
    vendor = world.ours.vendor
    assert client.get(f"/vendors/{vendor.code}/workers/new/").status_code == 200
    response = client.post(f"/vendors/{vendor.code}/workers/new/", ENTERED)
    worker = Worker.objects.get()
    assert response.url == f"/vendors/workers/{worker.code}/"
    assert client.post(f"{response.url}edit/", {**ENTERED, "identity": "", "category": "image"}).status_code == 302
    assert client.get(f"{response.url}edit/").status_code == 200
    assert client.post(f"{response.url}left/", {"left_on": "2026-11-20"}).status_code == 302
    assert client.get(f"{response.url}left/").status_code == 200
    worker.refresh_from_db()
    assert (worker.category, worker.left_on) == ("image", date(2026, 11, 20))


@pytest.mark.parametrize("wrong", [{"identity": "12345"}, {"name": ""}, {"entered_on": "soon"}])
def test_a_refused_person_changes_nothing(client_as, world, wrong):
    client = client_as("vendor_manager")
    assert client.post(f"/vendors/{world.ours.vendor.code}/workers/new/", {**ENTERED, **wrong}).status_code == 422
    assert Worker.objects.count() == 0
    worker = make_worker(world.ours.vendor)
    assert client.post(f"/vendors/workers/{worker.code}/edit/", {**ENTERED, **wrong}).status_code == 422
    worker.entered_on = date(2026, 1, 1)
    worker.save()
    assert client.post(f"/vendors/workers/{worker.code}/left/", {"left_on": "2025-12-31"}).status_code == 422


def test_the_page_masks_and_shows_on_demand(client_as, world, flat_queries):
    number = identity_number(7)
    worker = make_worker(world.ours.vendor, "欧阳小明", identity_sealed=seal(number), identity_hash="x")
    make_worker(world.ours.rival, "欧阳小明", identity_hash="x")
    client = client_as("quality_manager")
    flat_queries.check(
        "vendors.worker",
        visit=lambda: client.get(f"/vendors/workers/{worker.code}/"),
        add_row=lambda: (
            make_credential(worker, number=f"{worker.credentials.count()}", state="entered"),
            make_proof(worker, number=f"{worker.insurance_proofs.count()}"),
        ),
    )
    page = client.get(f"/vendors/workers/{worker.code}/").content.decode()
    assert "欧***" in page
    assert number not in page
    assert world.ours.rival.short_name in page
    shown = client.post(f"/vendors/workers/{worker.code}/identity/").content.decode()
    assert "欧阳小明" in shown
    assert number in shown
    assert AuditEntry.objects.filter(action="reveal_identity").count() == 1
    assert client_as("finance").post(f"/vendors/workers/{worker.code}/identity/").status_code == 403


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        ("finance", "", 200),
        ("finance", "edit/", 403),
        ("finance", "left/", 403),
        ("rival_manager", "", 404),
        ("their procurement", "", 404),
        ("stranger", "", 403),
    ],
)
def test_who_sees_a_person(client_as, world, role, page, status):
    worker = make_worker(world.ours.vendor, left_on=date(2026, 11, 1))
    assert client_as(role).get(f"/vendors/workers/{worker.code}/{page}").status_code == status
    assert client_as("finance").get(f"/vendors/{world.ours.vendor.code}/workers/new/").status_code == 403
