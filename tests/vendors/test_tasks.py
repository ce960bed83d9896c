from datetime import date

from duban.platform.notices.models import Notice
from duban.platform.parameters.services import load_shipped_values
from duban.vendors.tasks import anonymise_workers, remind_of_certificates
from tests.factories.vendors import CertificateFactory, make_worker


def test_the_clock_reminds_once(world):
    certificate = CertificateFactory(company=world.ours.vendor, valid_until=date(2026, 12, 20))
    for _ in range(2):
        remind_of_certificates.func()
    certificate.refresh_from_db()
    assert certificate.last_reminder_days == 30
    assert set(Notice.objects.values_list("kind", flat=True)) == {"vendors.certificate_expiring"}
    assert not set(Notice.objects.values_list("person_id", flat=True)) & {world.theirs.person("group_admin").pk}


def test_the_clock_forgets_who_left_long_ago(world):
    load_shipped_values()
    worker = make_worker(world.ours.vendor, left_on=date(2020, 1, 1))
    for _ in range(2):
        anonymise_workers.func()
    worker.refresh_from_db()
    assert worker.name == "*"
