from datetime import date, timedelta

import pytest

from duban.contracts.models import ContractLine
from duban.kernel.errors import Invalid, NotAllowed
from duban.platform.notices.models import Notice
from duban.vendors.domain.certificates import CertificateDetails
from duban.vendors.models import Certificate
from duban.vendors.selectors import certificates_expiring, reminders_due
from duban.vendors.services import certificate_create, certificate_update, certificates_remind
from tests.factories.vendors import CertificateFactory

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
