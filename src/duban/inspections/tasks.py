"""What the worker does for inspections again and again."""

from django_tasks import task

from duban.inspections.services import findings_announce_overdue


@task()
def announce_overdue() -> int:
    """Measure the days again on which findings ran out of time."""
    return findings_announce_overdue()
