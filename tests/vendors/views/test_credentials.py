from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.vendors.models import InsuranceProof, WorkerCredential
from tests.factories.vendors import make_credential, make_proof, make_worker

CREDENTIAL = {
    "kind": "guard",
    "number": "沪保20200012",
    "issuer": "市公安局",
    "valid_from": "2024-01-01",
    "valid_until": "2027-12-31",
}
PROOF = {"kind": "accident", "number": "P1", "insurer": "平安", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor)


def test_the_vendor_uploads_and_the_office_judges(client_as, worker):
    vendor, office = client_as("vendor_manager"), client_as("quality_manager")
    base = f"/vendors/workers/{worker.code}/"
    assert vendor.get(f"{base}credentials/new/").status_code == 200
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    assert vendor.post(f"{base}credentials/new/", {**CREDENTIAL, "scan": scan}).url == base
    credential = WorkerCredential.objects.get()
    assert credential.file is not None
    assert "Waits for verification" in office.get("/vendors/credentials/?state=entered").content.decode()
    assert vendor.post(f"/vendors/credentials/{credential.code}/verify/").status_code == 403
    page = office.get(base).content.decode()
    assert CREDENTIAL["number"] in page
    assert CREDENTIAL["number"] not in client_as("finance").get(base).content.decode()
    assert office.post(f"/vendors/credentials/{credential.code}/verify/").url == base
    assert office.post(f"/vendors/credentials/{credential.code}/reject/").status_code == 422
    assert office.post(f"/vendors/credentials/{credential.code}/reject/", {"note": "查无此证"}).url == base
    edit = f"/vendors/credentials/{credential.code}/edit/"
    assert vendor.get(edit).status_code == 200
    assert vendor.post(edit, {**CREDENTIAL, "valid_until": ""}).url == base
    credential.refresh_from_db()
    assert (credential.state, credential.valid_until) == ("entered", None)


@pytest.mark.parametrize("wrong", [{"kind": "iso_9001"}, {"number": ""}, {"valid_until": "2020-01-01"}])
def test_a_refused_credential_changes_nothing(client_as, worker, wrong):
    client = client_as("vendor_manager")
    assert client.post(f"/vendors/workers/{worker.code}/credentials/new/", {**CREDENTIAL, **wrong}).status_code == 422
    assert WorkerCredential.objects.count() == 0
    code = make_credential(worker).code
    assert client.post(f"/vendors/credentials/{code}/edit/", {**CREDENTIAL, **wrong}).status_code == 422


def test_insurance_comes_and_goes(client_as, worker):
    client = client_as("vendor_manager")
    base = f"/vendors/workers/{worker.code}/"
    assert client.get(f"{base}insurance/new/").status_code == 200
    assert client.post(f"{base}insurance/new/", {**PROOF, "valid_until": "2025-01-01"}).status_code == 422
    assert client.post(f"{base}insurance/new/", PROOF).url == base
    proof = InsuranceProof.objects.get()
    assert client_as("finance").post(f"/vendors/insurance/{proof.code}/withdraw/", {"note": "x"}).status_code == 403
    assert client.post(f"/vendors/insurance/{proof.code}/withdraw/", {"note": "录错"}).url == base
    assert InsuranceProof.objects.count() == 0
    assert client_as("finance").get(f"{base}insurance/new/").status_code == 403


def test_list_and_board_are_flat_and_agree(client_as, world, flat_queries, worker):
    client = client_as("quality_manager")
    make_proof(worker)
    add = lambda: make_credential(worker, number=f"N{WorkerCredential.objects.count()}", valid_until=date(2026, 12, 1))  # noqa: E731 - one row for both pages
    flat_queries.check("vendors.personal_credentials", visit=lambda: client.get("/vendors/credentials/"), add_row=add)
    flat_queries.check("vendors.credential_board", visit=lambda: client.get("/vendors/credentials/board/"), add_row=add)
    make_credential(worker, state="rejected", number="R", valid_until=date(2026, 12, 1))
    make_credential(make_worker(world.ours.vendor, left_on=date(2026, 1, 1)), number="L", valid_until=date(2026, 12, 1))
    board = client.get("/vendors/credentials/board/").content.decode()
    query = "kind=guard&employed=yes&counts=yes&valid_until_from=2026-11-23&valid_until_to=2026-12-23"
    assert query.replace("&", "&amp;") in board
    assert ">8</a>" in board
    assert client.get(f"/vendors/credentials/?{query}").content.decode().count("沪**") == 0
    assert client.get(f"/vendors/credentials/?{query}").content.decode().count("王**") == 8
    others = client.get("/vendors/credentials/?counts=no&employed=yes").content.decode()
    assert others.count("王**") == 1
    assert client.get("/vendors/credentials/?employed=no&expiry=ending").content.decode().count("王**") == 1


def test_an_empty_board_says_what_to_do(client_as):
    assert "No credential yet" in client_as("quality_manager").get("/vendors/credentials/board/").content.decode()
