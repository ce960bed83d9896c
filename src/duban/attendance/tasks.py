"""What the clock does: rounds of today are made, slots and rounds whose time is over are decided."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from duban.attendance.services.patrols import rounds_judge, rounds_open
from duban.attendance.services.settling import slots_settle
from duban.kernel.actor import system_actor


@task()
def follow_the_clock() -> None:
    """Safe to repeat: what is there stays, what is decided is decided alike."""
    actor, today = system_actor("/"), timezone.localdate()
    rounds_open(actor=actor, day=today)
    slots_settle(actor=actor, start=today - timedelta(days=2), end=today)
    rounds_judge(actor=actor, start=today - timedelta(days=2), end=today)
