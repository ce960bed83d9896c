"""Upkeep of the phone's inbox."""

from django_tasks import task

from duban.platform.sync.services import forget_uploads, wake_envelopes


@task()
def apply_waiting() -> int:
    """Try envelopes again that wait for nothing any more."""
    return wake_envelopes()


@task()
def forget_old_uploads() -> int:
    """Remove parts of files whose rest never came."""
    return forget_uploads()
