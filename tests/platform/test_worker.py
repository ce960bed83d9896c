import os
import signal
import socket
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.jobs import PeriodicJob
from duban.platform.tables_by_name import wired
from duban.platform.worker.loop import WorkerLoop, drain, first_round, run_worker
from duban.platform.worker.models import ScheduledRun, WorkerHeartbeat
from duban.platform.worker.selectors import jobs_page, last_heartbeat
from duban.platform.worker.services import beat, new_worker_name, prune, retry_failed, start_due_jobs, take_over_orphans
from duban.platform.worker.tasks import prune_results

JOBS = (PeriodicJob("tests.prune", "duban.platform.worker.tasks.prune_results", timedelta(hours=1)),)
BROKEN = ("no.Event", {}, "no.listener", 5)


@pytest.fixture(autouse=True)
def _own_table(settings):
    settings.DUBAN_PERIODIC_JOBS = "tests.platform.test_worker.JOBS"
    wired.cache_clear()
    yield
    wired.cache_clear()


@pytest.fixture
def failed(transactional_db):
    from duban.platform.jobs import deliver_event

    deliver_event.enqueue(*BROKEN)
    drain()
    return DBTaskResult.objects.get()


def test_due_job_starts_once(db):
    now = timezone.now()
    assert start_due_jobs(now) == ["tests.prune"]
    assert start_due_jobs(now) == []
    assert start_due_jobs(now + timedelta(minutes=59)) == []
    assert start_due_jobs(now + timedelta(hours=1)) == ["tests.prune"]
    assert DBTaskResult.objects.count() == 2
    assert str(ScheduledRun.objects.get()) == "tests.prune"


def test_heartbeat_is_one_row_per_worker(db):
    assert last_heartbeat() is None
    now = timezone.now()
    beat("a:1:x", now)
    beat("a:1:x", now + timedelta(seconds=5))
    assert last_heartbeat() == now + timedelta(seconds=5)
    assert str(WorkerHeartbeat.objects.get()) == "a:1:x"


def running(worker):
    prune_results.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=[worker] if worker else [])


@pytest.mark.parametrize(
    ("worker", "seen_ago", "count"),
    [
        ("", None, 1),
        ("elsewhere:1:x", None, 1),
        ("elsewhere:1:x", timedelta(minutes=6), 1),
        ("elsewhere:1:x", timedelta(minutes=4), 0),
        (f"{socket.gethostname()[:40]}:{os.getpid()}:x", timedelta(0), 0),
        (f"{socket.gethostname()[:40]}:1:x", timedelta(0), 0),
        (f"{socket.gethostname()[:40]}:999999999:x", timedelta(0), 1),
    ],
    ids=["no worker", "never seen", "silent", "seen elsewhere", "this process", "another process", "a process that is gone"],
)
def test_job_of_a_dead_worker_is_taken_over(db, worker, seen_ago, count):
    running(worker)
    if seen_ago is not None:
        beat(worker, timezone.now() - seen_ago)
    assert take_over_orphans() == count
    assert DBTaskResult.objects.ready().count() == count


def test_process_of_another_user_counts_as_alive(db, monkeypatch):
    def not_ours(_process, _signal):
        raise PermissionError

    name = new_worker_name()
    running(name)
    beat(name)
    monkeypatch.setattr(os, "kill", not_ours)
    assert take_over_orphans() == 0


@pytest.mark.django_db(transaction=True)
def test_prune_keeps_failures_and_what_is_new(failed):
    prune_results.enqueue()
    drain()
    beat("old:1:x", timezone.now() - timedelta(days=2))
    assert prune() == 0
    assert prune(timezone.now() + timedelta(days=15)) == 1
    assert DBTaskResult.objects.get() == failed
    assert not WorkerHeartbeat.objects.filter(worker="old:1:x").exists()


def test_failed_job_is_listed_and_tried_again(failed, world, actor):
    page = jobs_page(actor("group_admin"))
    assert [(row.task, row.error) for row in page.failures] == [("platform.jobs.deliver_event", "ModuleNotFoundError")]
    retry_failed(actor=actor("group_admin"), key=str(failed.pk))
    assert jobs_page(actor("group_admin")).waiting_count == 1
    with pytest.raises(NotFound):
        retry_failed(actor=actor("group_admin"), key=str(failed.pk))


def test_jobs_are_for_who_sets_up_the_system(failed, world, actor):
    with pytest.raises(NotAllowed):
        jobs_page(actor("finance"))
    with pytest.raises(NotAllowed):
        retry_failed(actor=actor("finance"), key=str(failed.pk))
    assert DBTaskResult.objects.failed().count() == 1


def test_jobs_page(failed, world, client_as):
    start_due_jobs()
    text = client_as("group_admin").get("/settings/jobs/").text
    assert "tests.prune" in text
    assert "ModuleNotFoundError" in text
    assert client_as("group_admin").post(f"/settings/jobs/{failed.pk}/retry/")["Location"] == "/settings/jobs/"
    assert client_as("finance").get("/settings/jobs/").status_code == 403
    assert client_as("finance").post(f"/settings/jobs/{failed.pk}/retry/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_worker_starts_due_jobs_runs_them_and_stops(monkeypatch):
    loop = WorkerLoop(interval=0.01)
    done = threading.Event()
    work = loop.work

    def watched():
        work()
        done.set()

    monkeypatch.setattr(loop, "work", watched)
    monkeypatch.setattr(loop, "_beat_along", lambda: beat(loop.name))
    monkeypatch.setattr(threading, "Thread", _Here)
    stopper = iter([False, True])
    monkeypatch.setattr(loop.stopping, "wait", lambda _seconds: loop.stop() if next(stopper, True) else None)
    loop.run()
    assert done.is_set()
    assert DBTaskResult.objects.successful().count() == 1
    assert WorkerHeartbeat.objects.get().worker == loop.name


@pytest.mark.django_db(transaction=True)
def test_a_first_round_starts_what_is_due_and_runs_it():
    first_round()
    first_round()
    assert DBTaskResult.objects.successful().count() == 1


class _Here:
    """A thread that runs at once, so that the test's one connection is used by one thread only."""

    def __init__(self, *, target, name="", daemon=False):
        self.target = target

    def start(self):
        self.target()

    def join(self, timeout=None):
        pass


@pytest.mark.django_db(transaction=True)
def test_worker_waits_for_a_database_that_is_away(monkeypatch):
    loop = WorkerLoop(interval=0)
    monkeypatch.setattr(threading, "Thread", _Here)
    monkeypatch.setattr(loop, "_beat_along", lambda: None)
    calls = []

    def away():
        calls.append(1)
        if len(calls) == 2:
            loop.stop()
        raise DatabaseError

    monkeypatch.setattr(loop, "upkeep", away)
    loop.run()
    assert calls == [1, 1]


def test_heartbeat_outlives_a_database_that_is_away(monkeypatch, db):
    loop = WorkerLoop()
    monkeypatch.setattr("duban.platform.worker.loop.connection.close", lambda: None)

    def away(_name):
        loop.stop()
        raise DatabaseError

    monkeypatch.setattr("duban.platform.worker.loop.beat", away)
    loop._beat_along()
    assert loop.stopping.is_set()


def test_worker_stops_on_a_signal(monkeypatch):
    before = {kind: signal.getsignal(kind) for kind in (signal.SIGTERM, signal.SIGINT)}
    seen = []
    monkeypatch.setattr(WorkerLoop, "run", lambda self: seen.append(signal.getsignal(signal.SIGTERM) == self.stop))
    try:
        run_worker()
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
    assert seen == [True]


def test_stop_ends_the_job_queue_it_is_at():
    class _Busy:
        running = True

    loop = WorkerLoop()
    loop._current = _Busy()
    loop.stop()
    loop.work()
    assert loop.stopping.is_set()
