from datetime import date

from duban.platform.notices.models import Notice
from duban.vendors.tasks import remind_of_certificates
from tests.factories.vendors import CertificateFactory


def test_the_clock_reminds_once(world):
    certificate = CertificateFactory(company=world.ours.vendor, valid_until=date(2026, 12, 20))
    for _ in range(2):
        remind_of_certificates.func()
    certificate.refresh_from_db()
    assert certificate.last_reminder_days == 30
    assert set(Notice.objects.values_list("kind", flat=True)) == {"vendors.certificate_expiring"}
    assert not set(Notice.objects.values_list("person_id", flat=True)) & {world.theirs.person("group_admin").pk}
