from datetime import date, timedelta

import pytest

from duban.contracts.models import ContractLine
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.notices.models import Notice
from duban.vendors.domain.certificates import CertificateDetails
from duban.vendors.domain.company import CompanyDetails
from duban.vendors.models import Certificate, Company
from duban.vendors.selectors import certificates_expiring, reminders_due
from duban.vendors.selectors.records import tenant_of
from duban.vendors.services import certificate_create, certificate_update, certificates_remind
from duban.vendors.services.companies import company_create, company_update
from tests.factories.vendors import CertificateFactory, credit_code

TODAY = date(2026, 11, 23)


def test_each_reminder_goes_out_once(world):
    certificate = CertificateFactory(company=world.ours.vendor, valid_until=TODAY + timedelta(days=61))
    sent = [certificates_remind(today=TODAY + timedelta(days=step)) for step in range(63)]
    assert [step for step, count in enumerate(sent) if count] == [0, 1, 31, 54]
    certificate.refresh_from_db()
    assert certificate.last_reminder_days == 7
    people = {"group_admin", "procurement", "vendor_manager", "vendor_foreman"}
    expected = {world.ours.person(role).pk for role in people}
    assert set(Notice.objects.values_list("person_id", flat=True)) == expected
    assert Notice.objects.count() == 4 * len(expected)


def test_a_new_end_lets_the_reminders_begin_anew(world, actor):
    certificate = CertificateFactory(company=world.ours.vendor, valid_until=TODAY + timedelta(days=5))
    certificates_remind(today=TODAY)
    details = CertificateDetails(certificate.kind, certificate.number, certificate.valid_from, TODAY + timedelta(days=80))
    certificate_update(actor=actor("procurement"), certificate=certificate, details=details)
    assert [due.days for due in reminders_due(TODAY)] == [90]


def test_out_of_use_and_expired_are_not_reminded(world):
    CertificateFactory(company=world.ours.vendor, valid_until=TODAY - timedelta(days=1))
    CertificateFactory(company=world.ours.rival, valid_until=TODAY)
    world.ours.rival.is_active = False
    world.ours.rival.save()
    assert reminders_due(TODAY) == []


def test_expiring_certificates_are_scoped(world, actor):
    ours = CertificateFactory(company=world.ours.vendor, valid_until=TODAY + timedelta(days=10))
    CertificateFactory(company=world.theirs.vendor, valid_until=TODAY + timedelta(days=10))
    assert list(certificates_expiring(actor("procurement"), TODAY)) == [ours]
    assert list(certificates_expiring(actor("rival_manager"), TODAY)) == []


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "their group_admin", "stranger"])
def test_only_the_register_enters_certificates(world, actor, role):
    with pytest.raises(NotAllowed):
        certificate_create(actor=actor(role), company=world.ours.vendor, details=CertificateDetails("iso_9001", "1", TODAY))
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    "details",
    [
        CertificateDetails("iso_9001", "1", TODAY, TODAY - timedelta(days=1)),
        CertificateDetails("guard", "1", TODAY),
        CertificateDetails("nonsense", "1", TODAY),
        CertificateDetails("iso_9001", "", TODAY),
    ],
)
def test_a_refused_certificate_changes_nothing(world, actor, details):
    with pytest.raises(Invalid):
        certificate_create(actor=actor("procurement"), company=world.ours.vendor, details=details)
    assert (Certificate.objects.count(), ContractLine.objects.count()) == (0, 0)


def test_changing_anything_but_the_end_keeps_the_reminders(world, actor):
    certificate = CertificateFactory(company=world.ours.vendor, last_reminder_days=30)
    details = CertificateDetails(certificate.kind, "新编号", certificate.valid_from, certificate.valid_until)
    certificate_update(actor=actor("procurement"), certificate=certificate, details=details)
    certificate.refresh_from_db()
    assert (certificate.number, certificate.last_reminder_days) == ("新编号", 30)


def test_two_workers_remind_of_a_certificate_once(world, monkeypatch):
    CertificateFactory(company=world.ours.vendor, valid_until=TODAY + timedelta(days=5))
    due = reminders_due(TODAY)
    monkeypatch.setattr("duban.vendors.services.certificates.reminders_due", lambda _today: due * 2)
    assert certificates_remind(today=TODAY) == 1


COMPANY = {"name": "新洁物业服务有限公司", "short_name": "新洁", "credit_code": credit_code(777), "size_class": "small"}


def test_a_company_needs_a_right_and_a_service_line(world, actor):
    count = Company.objects.count()
    details = CompanyDetails(**COMPANY, service_lines=("cleaning",))
    for role in ("finance", "vendor_manager", "their group_admin"):
        with pytest.raises(NotAllowed):
            company_create(actor=actor(role), tenant=world.ours.root, details=details)
    with pytest.raises(Invalid) as refused:
        company_create(actor=actor("procurement"), tenant=world.ours.root, details=CompanyDetails(**COMPANY))
    assert [error.field for error in refused.value.errors] == ["service_lines"]
    assert Company.objects.count() == count


def test_companies_of_one_owner_share_a_group(world, actor):
    made = [
        company_create(
            actor=actor("procurement"),
            tenant=world.ours.root,
            details=CompanyDetails(
                **{**COMPANY, "name": f"新洁{number}", "credit_code": credit_code(778 + number)},
                service_lines=("cleaning",),
                group_name="新洁集团",
            ),
        )
        for number in range(2)
    ]
    assert made[0].group is not None
    assert made[0].group == made[1].group


def test_only_the_register_changes_companies_and_certificates(world, actor):
    vendor = world.ours.vendor
    certificate = CertificateFactory(company=vendor)
    details = CompanyDetails(vendor.name, "新名", vendor.credit_code, vendor.size_class, service_lines=("cleaning",))
    kept = CertificateDetails(certificate.kind, "新编号", certificate.valid_from)
    for role in ("finance", "vendor_manager", "their group_admin"):
        with pytest.raises(NotAllowed):
            company_update(actor=actor(role), company=vendor, details=details)
        with pytest.raises(NotAllowed):
            certificate_update(actor=actor(role), certificate=certificate, details=kept)
    certificate.refresh_from_db()
    vendor.refresh_from_db()
    assert (vendor.short_name, certificate.number) != ("新名", "新编号")


def test_nobody_of_no_company_has_a_root(world):
    with pytest.raises(NotFound):
        tenant_of(system_actor("/404/"))
