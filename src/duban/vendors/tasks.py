"""Jobs of vendors."""

from django.utils import timezone
from django_tasks import task

from duban.vendors.services import certificates_remind


@task()
def remind_of_certificates() -> None:
    """Send the reminders of certificates that end soon; safe to repeat."""
    certificates_remind(today=timezone.localdate())
