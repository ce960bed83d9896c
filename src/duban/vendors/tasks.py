"""Jobs of vendors."""

from django.utils import timezone
from django_tasks import task

from duban.vendors.services import certificates_remind, credentials_remind, workers_anonymise


@task()
def remind_of_certificates() -> None:
    """Send the reminders of certificates and personal credentials that end soon; safe to repeat."""
    certificates_remind(today=timezone.localdate())
    credentials_remind(today=timezone.localdate())


@task()
def anonymise_workers() -> None:
    """Forget the names and numbers of people who left longer ago than the register of parameters says; safe to repeat."""
    workers_anonymise(today=timezone.localdate())
