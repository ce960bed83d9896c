"""What the worker does and what it could not do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django_tasks_db.models import DBTaskResult

from duban.kernel.actor import Actor
from duban.platform.jobs import PeriodicJob
from duban.platform.tables_by_name import wired
from duban.platform.worker.models import ScheduledRun, WorkerHeartbeat

FAILURES_SHOWN = 50


@dataclass(frozen=True)
class PeriodicRow:
    """A periodic job with its last and next start."""

    name: str
    every: str
    last_started_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True)
class FailureRow:
    """A job that failed for good: what it was, when, and the last line of why."""

    key: str
    task: str
    finished_at: datetime | None
    error: str


@dataclass(frozen=True)
class JobsPage:
    """Everything the page on background work shows."""

    heartbeat: datetime | None
    waiting_count: int
    periodic: tuple[PeriodicRow, ...]
    failures: tuple[FailureRow, ...]


def last_heartbeat() -> datetime | None:
    """When any worker was last seen alive."""
    return WorkerHeartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def periodic_jobs() -> tuple[PeriodicJob, ...]:
    """The table of periodic jobs."""
    return tuple(cast("Iterable[PeriodicJob]", wired("DUBAN_PERIODIC_JOBS")))


def jobs_page(actor: Actor) -> JobsPage:
    """The state of background work. Needs `platform.settings`; raises `NotAllowed`.

    Failures show the kind of error only, because a job may have been about any tenant.
    """
    actor.require("platform.settings")
    runs = {run.name: run for run in ScheduledRun.objects.all()}
    failed = DBTaskResult.objects.failed().order_by("-finished_at")[:FAILURES_SHOWN]
    return JobsPage(
        heartbeat=last_heartbeat(),
        waiting_count=DBTaskResult.objects.ready().count(),
        periodic=tuple(_periodic(job, runs.get(job.name)) for job in periodic_jobs()),
        failures=tuple(_failure(row) for row in failed),
    )


def _periodic(job: PeriodicJob, run: ScheduledRun | None) -> PeriodicRow:
    return PeriodicRow(job.name, str(job.every), run.last_started_at if run else None, run.next_at if run else None)


def _failure(row: "DBTaskResult[..., Any]") -> FailureRow:
    return FailureRow(
        key=str(row.pk),
        task=row.task_path.removeprefix("duban."),
        finished_at=row.finished_at,
        error=row.exception_class_path.rsplit(".", 1)[-1],
    )
