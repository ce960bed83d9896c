"""Background work: tasks by name, and the table of what repeats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task

from duban.platform.events import deliver


@task()
def deliver_event(event_path: str, payload: Mapping[str, Any], listener_path: str) -> None:
    """Hand one announced event to one listener."""
    deliver(event_path, payload, listener_path)


@dataclass(frozen=True)
class PeriodicJob:
    """A task that the worker starts again and again.

    `task` is the dotted path of a task without arguments; it must be safe to repeat. `every` is the distance
    between two starts. The table of them stands in `project/wiring.py`.
    """

    name: str
    task: str
    every: timedelta
