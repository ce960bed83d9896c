"""What the clock does: rounds of today are made, slots and rounds whose time is over are decided."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from duban.attendance.selectors.ledger import lines_to_examine
from duban.attendance.services.ledger import ledger_examine
from duban.attendance.services.patrols import rounds_judge, rounds_open
from duban.attendance.services.settling import slots_settle
from duban.kernel.actor import system_actor
from duban.kernel.period import Period


@task()
def follow_the_clock() -> None:
    """Safe to repeat: what is there stays, what is decided is decided alike."""
    actor, today = system_actor("/"), timezone.localdate()
    rounds_open(actor=actor, day=today)
    slots_settle(actor=actor, start=today - timedelta(days=2), end=today)
    rounds_judge(actor=actor, start=today - timedelta(days=2), end=today)


@task()
def examine_ledgers() -> None:
    """Look through the ledgers of this month and the one before. Safe to repeat: what a person decided stays."""
    actor, this = system_actor("/"), Period.month_of(timezone.localdate())
    for month in (this.previous(), this):
        for line in lines_to_examine(month):
            ledger_examine(actor=actor, line=line, month=month)
