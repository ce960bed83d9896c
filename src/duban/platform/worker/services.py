"""Starting what is due, taking over what a dead worker left behind, and tidying up."""

import os
import socket
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.worker.models import ScheduledRun, WorkerHeartbeat
from duban.platform.worker.selectors import periodic_jobs

SILENCE_MEANS_DEATH = timedelta(minutes=5)
RESULTS_ARE_KEPT = timedelta(days=14)


def new_worker_name() -> str:
    """Host, process and a random part: enough to tell later whether the process still lives."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{get_random_string(8)}"


def start_due_jobs(now: datetime | None = None) -> list[str]:
    """Enqueue every periodic job whose time has come; returns their names.

    A job is claimed by one conditional update in the transaction that enqueues it, so two workers never start it twice
    and a crash in between starts it later instead of never. A job new to the table is due at once.
    """
    now = now or timezone.now()
    jobs = periodic_jobs()
    ScheduledRun.objects.bulk_create([ScheduledRun(name=job.name, next_at=now) for job in jobs], ignore_conflicts=True)
    started = []
    for job in jobs:
        due = ScheduledRun.objects.filter(name=job.name, next_at__lte=now)
        with transaction.atomic():
            if due.update(last_started_at=now, next_at=now + job.every):
                import_string(job.task).enqueue()
                started.append(job.name)
    return started


def beat(worker: str, now: datetime | None = None) -> None:
    """Show that the worker lives."""
    now = now or timezone.now()
    if not WorkerHeartbeat.objects.filter(worker=worker).update(seen_at=now):
        WorkerHeartbeat.objects.create(worker=worker, started_at=now, seen_at=now)


@transaction.atomic
def take_over_orphans(now: datetime | None = None) -> int:
    """Put jobs back into the queue whose worker died while it ran them; returns how many.

    Jobs are safe to repeat, so a job that had in fact finished does no harm when it runs again.
    """
    now = now or timezone.now()
    beats = dict(WorkerHeartbeat.objects.values_list("worker", "seen_at"))
    orphans = [
        row.pk
        for row in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
        if not _is_alive(row.worker_ids[-1] if row.worker_ids else "", beats, now)
    ]
    return DBTaskResult.objects.filter(pk__in=orphans).update(status=TaskResultStatus.READY, started_at=None)


def retry_failed(*, actor: Actor, key: str) -> None:
    """Put one failed job back into the queue. Needs `platform.settings`; `NotFound` if it is not among the failed."""
    actor.require("platform.settings")
    failed = DBTaskResult.objects.failed().filter(pk=key)
    if not failed.update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, traceback="", exception_class_path=""
    ):
        raise NotFound


def prune(now: datetime | None = None) -> int:
    """Remove results and heartbeats nobody needs any more; returns how many results went. Failures stay for their page."""
    now = now or timezone.now()
    WorkerHeartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    count, _ = DBTaskResult.objects.successful().filter(finished_at__lt=now - RESULTS_ARE_KEPT).delete()
    return count


def _is_alive(worker: str, beats: dict[str, datetime], now: datetime) -> bool:
    seen = beats.get(worker)
    if seen is None or now - seen > SILENCE_MEANS_DEATH:
        return False
    host, process, _random = worker.rsplit(":", 2)
    return host != socket.gethostname()[:40] or _process_exists(int(process))


def _process_exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
