"""What the worker does for complaints again and again."""

from django_tasks import task

from duban.complaints.services import complaints_announce_overdue


@task()
def announce_overdue() -> int:
    """Measure the days again on which complaints were received whose promise ran out."""
    return complaints_announce_overdue()
