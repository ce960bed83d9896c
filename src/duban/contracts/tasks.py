"""Jobs of contracts."""

from django.utils import timezone
from django_tasks import task

from duban.contracts.services import contracts_expire, contracts_remind
from duban.kernel.actor import system_actor
from duban.orgs.selectors import tenant_roots


@task()
def follow_the_calendar() -> None:
    """Let contracts expire whose last day has passed, and remind of notice days; safe to repeat."""
    today = timezone.localdate()
    for root in tenant_roots():
        contracts_expire(actor=system_actor(root.path), today=today)
        contracts_remind(actor=system_actor(root.path), today=today)
