from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.orgs.models import Unit
from duban.platform.audit.models import AuditEntry
from duban.platform.sealing import unseal
from duban.vendors.models import Certificate, Company
from tests.factories.vendors import CertificateFactory, CompanyFactory, credit_code

ENTERED = {
    "name": "上海新洁环境有限公司",
    "short_name": "新洁",
    "size_class": "small",
    "service_lines": ["cleaning", "greening"],
    "group_name": "新洁系",
    "contact_name": "王建国",
    "contact_phone": "13812345678",
}


def test_list_is_flat_and_shows_only_ours(client_as, flat_queries, world):
    client = client_as("procurement")
    flat_queries.check(
        "vendors.list",
        visit=lambda: client.get("/vendors/"),
        add_row=lambda: CertificateFactory(company=CompanyFactory(tenant=world.ours.root)),
    )
    page = client.get("/vendors/").content.decode()
    assert world.ours.vendor.short_name in page
    assert world.theirs.vendor.short_name not in page


def test_detail_and_certificates_are_flat(client_as, flat_queries, world):
    client = client_as("procurement")
    add_row = lambda: CertificateFactory(company=world.ours.vendor)  # noqa: E731 - a row for both pages
    flat_queries.check("vendors.detail", visit=lambda: client.get(f"/vendors/{world.ours.vendor.code}/"), add_row=add_row)
    flat_queries.check("vendors.certificates", visit=lambda: client.get("/vendors/certificates/"), add_row=add_row)


@pytest.mark.parametrize(
    ("role", "status"),
    [("finance", 200), ("vendor_manager", 200), ("rival_manager", 404), ("their finance", 404), ("stranger", 403)],
)
def test_who_sees_a_vendor(client_as, world, role, status):
    assert client_as(role).get(f"/vendors/{world.ours.vendor.code}/").status_code == status


def test_entering_a_vendor_makes_its_unit(client_as, world):
    response = client_as("procurement").post("/vendors/new/", {**ENTERED, "credit_code": credit_code(77)})
    company = Company.objects.get(short_name="新洁")
    assert response.url == f"/vendors/{company.code}/"
    assert (company.unit.path, company.unit.kind) == (f"{world.ours.root.path}{company.unit.pk}/", "vendor")
    assert (company.group.name, company.service_lines) == ("新洁系", ["cleaning", "greening"])
    assert "13812345678" not in company.contact_phone_sealed
    assert unseal(company.contact_phone_sealed) == "13812345678"


@pytest.mark.parametrize(
    "wrong",
    [
        {"credit_code": "91310000MA1FL0AA0Y"},
        {"credit_code": "123"},
        {"service_lines": []},
        {"name": ""},
        {"size_class": "giant"},
    ],
)
def test_a_refused_vendor_changes_nothing(client_as, world, wrong):
    counts = (Company.objects.count(), Unit.objects.count())
    response = client_as("procurement").post("/vendors/new/", {**ENTERED, "credit_code": credit_code(77), **wrong})
    assert (response.status_code, Company.objects.count(), Unit.objects.count()) == (422, *counts)


def test_a_doubled_credit_code_is_refused(client_as, world):
    response = client_as("procurement").post(
        "/vendors/new/", {**ENTERED, "credit_code": CompanyFactory(tenant=world.ours.root).credit_code}
    )
    assert (response.status_code, Company.objects.filter(short_name="新洁").count()) == (422, 0)


def test_the_contact_is_masked_and_looking_at_it_leaves_a_trace(client_as, world):
    client = client_as("procurement")
    code = world.ours.vendor.code
    client.post(f"/vendors/{code}/edit/", {**ENTERED, "credit_code": credit_code(78)})
    page = client.get(f"/vendors/{code}/").content.decode()
    assert ("138****5678" in page, "13812345678" in page) == (True, False)
    assert client_as("finance").post(f"/vendors/{code}/contact/").status_code == 403
    assert AuditEntry.objects.filter(action="reveal_contact").count() == 0
    assert "13812345678" in client.post(f"/vendors/{code}/contact/").content.decode()
    assert AuditEntry.objects.filter(action="reveal_contact").count() == 1
    client.post(f"/vendors/{code}/edit/", {**ENTERED, "credit_code": credit_code(78), "contact_phone": ""})
    assert unseal(Company.objects.get(code=code).contact_phone_sealed) == "13812345678"


def test_taking_a_vendor_out_of_use_asks_why(client_as, world):
    client = client_as("procurement")
    code = world.ours.vendor.code
    assert client.post(f"/vendors/{code}/deactivate/").status_code == 422
    assert client.post(f"/vendors/{code}/deactivate/", {"note": "退场"}).status_code == 302
    assert Company.objects.get(code=code).is_active is False
    assert client.post(f"/vendors/{code}/reactivate/", {"note": "复审通过"}).status_code == 302
    assert Company.objects.get(code=code).is_active is True


def test_certificates_come_change_and_go(client_as, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = client_as("procurement")
    path = f"/vendors/{world.ours.vendor.code}/certificates/new/"
    entered = {"kind": "guard", "number": "保安001", "valid_from": "2024-01-01", "valid_until": "2026-12-31"}
    assert client.post(path, entered).status_code == 422
    assert client.post(path, {**entered, "holder_name": "张三", "valid_until": "2023-12-31"}).status_code == 422
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    assert client.post(path, {**entered, "holder_name": "张三", "scan": scan}).status_code == 302
    certificate = Certificate.objects.get()
    assert certificate.file is not None
    change = f"/vendors/certificates/{certificate.code}/edit/"
    assert client.get(change).status_code == 200
    assert client.post(change, {**entered, "holder_name": "张三", "valid_until": "2028-12-31"}).status_code == 302
    certificate.refresh_from_db()
    assert (certificate.valid_until, certificate.file is not None) == (date(2028, 12, 31), True)
    withdraw = f"/vendors/certificates/{certificate.code}/withdraw/"
    assert client.post(withdraw).status_code == 422
    assert client.post(withdraw, {"note": "录错"}).status_code == 302
    assert Certificate.objects.count() == 0


def test_who_may_not_edit_is_refused(client_as, world):
    certificate = CertificateFactory(company=world.ours.vendor)
    code = world.ours.vendor.code
    for role in ("finance", "vendor_manager"):
        client = client_as(role)
        for path in (
            f"/vendors/{code}/edit/",
            f"/vendors/{code}/certificates/new/",
            f"/vendors/certificates/{certificate.code}/edit/",
        ):
            assert client.get(path).status_code == 403, path
        assert client.get("/vendors/new/").status_code == 403
    assert client_as("rival_manager").get(f"/vendors/certificates/{certificate.code}/edit/").status_code == 404
