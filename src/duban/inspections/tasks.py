"""What the worker does for inspections again and again."""

from django_tasks import task

from duban.inspections.services import findings_announce_overdue, findings_escalate, tasks_make, tasks_miss
from duban.inspections.services.audit_following import audit_actions_remind
from duban.inspections.services.calibration import calibrations_compute_everywhere


@task()
def announce_overdue() -> int:
    """Measure the days again on which findings ran out of time."""
    return findings_announce_overdue()


@task()
def escalate() -> int:
    """Tell people higher up of findings that stay open too long."""
    return findings_escalate()


@task()
def calibrate_inspectors() -> int:
    """Compare the inspectors of every company over the last twelve months."""
    return calibrations_compute_everywhere()


@task()
def follow_plans() -> list[int]:
    """Make the tasks of the plans two weeks ahead, and mark those that nobody made in time."""
    return [tasks_make(), tasks_miss()]


@task()
def remind_of_audit_actions() -> int:
    """Tell those who owe actions on findings of audits that these are due or overdue."""
    return audit_actions_remind()
