"""Photos are looked at by a job, after the phone has its answer."""

from django_tasks import task

from duban.platform.trust.services import photos_look


@task()
def look_at_photos() -> int:
    """Read photos that came in and grade their records again."""
    return photos_look()
