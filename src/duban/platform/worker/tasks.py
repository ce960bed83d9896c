"""Upkeep of the job tables."""

from django_tasks import task

from duban.platform.worker.services import prune


@task()
def prune_results() -> int:
    """Remove old results and heartbeats."""
    return prune()
