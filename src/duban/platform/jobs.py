"""Background work: tasks by name, and the table of what repeats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from duban.platform.events import deliver

MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=10)

log = structlog.get_logger("duban.jobs")


@task()
def deliver_event(event_path: str, payload: Mapping[str, Any], listener_path: str, attempt: int = 1) -> None:
    """Hand one announced event to one listener, in one transaction; after a failure try again later.

    The pauses grow fourfold: 10 s, 40 s, about 3 min, about 11 min. The fifth failure stays on the page of failed jobs.
    """
    try:
        with transaction.atomic():
            deliver(event_path, payload, listener_path)
    except Exception as error:
        if attempt >= MOST_ATTEMPTS:
            raise
        log.warning("delivery failed", listener=listener_path, attempt=attempt, error=type(error).__name__)
        later = deliver_event.using(run_after=timezone.now() + pause_after(attempt))
        later.enqueue(event_path, dict(payload), listener_path, attempt + 1)


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the attempt of that number (the first is 1) has failed."""
    pause: timedelta = FIRST_PAUSE * 4 ** (attempt - 1)
    return pause


@dataclass(frozen=True)
class PeriodicJob:
    """A task that the worker starts again and again.

    `task` is the dotted path of a task without arguments; it must be safe to repeat. `every` is the distance
    between two starts. The table of them stands in `project/wiring.py`.
    """

    name: str
    task: str
    every: timedelta
