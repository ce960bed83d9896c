"""The worker process: beat, start what is due, run what waits, rest, until told to stop."""

import logging
import signal
import threading
from types import FrameType

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from duban.platform.worker.services import beat, new_worker_name, start_due_jobs, take_over_orphans

BEAT_SECONDS = 15.0
UPKEEP_SECONDS = 20.0
TASKS_BETWEEN_UPKEEP = 25

log = structlog.get_logger("duban.worker")


class WorkerLoop:
    """One worker. `run` returns after `stop`, when the job it is at has ended."""

    def __init__(self, *, interval: float = 0.5) -> None:
        self.interval = interval
        self.name = new_worker_name()
        self.stopping = threading.Event()
        self._current: Worker | None = None

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask the loop to end after the current job."""
        self.stopping.set()
        if self._current is not None:
            self._current.running = False

    def stop_on_signals(self) -> None:
        """Stop on SIGTERM and SIGINT; only in the main thread of a process."""
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, self.stop)

    def run(self) -> None:
        """Work until stopped. A database that is away for a while is waited for."""
        quiet_libraries()
        log.info("worker starts", worker=self.name)
        pulse = threading.Thread(target=self._beat_along, name="worker-heartbeat", daemon=True)
        pulse.start()
        next_upkeep = 0.0
        while not self.stopping.is_set():
            try:
                if timezone.now().timestamp() >= next_upkeep:
                    self.upkeep()
                    next_upkeep = timezone.now().timestamp() + UPKEEP_SECONDS
                self.work()
            except DatabaseError as error:
                log.warning("database is away", error=type(error).__name__)
                close_old_connections()
            self.stopping.wait(self.interval)
        pulse.join(timeout=2)
        log.info("worker stops", worker=self.name)

    def upkeep(self) -> None:
        """Take over what dead workers left and start what is due."""
        taken = take_over_orphans()
        started = start_due_jobs()
        if taken or started:
            log.info("upkeep", taken_over=taken, started=started)

    def work(self) -> None:
        """Run what waits, a limited number, so that upkeep has its turn."""
        self._current = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS_BETWEEN_UPKEEP,
            worker_id=self.name,
            excluded_queue_names=[],
        )
        if not self.stopping.is_set():
            self._current.run()

    def _beat_along(self) -> None:
        # A thread of its own, because a long job must not look like death.
        while not self.stopping.is_set():
            try:
                beat(self.name)
            except DatabaseError as error:
                log.warning("heartbeat failed", error=type(error).__name__)
            self.stopping.wait(BEAT_SECONDS)
        connection.close()


def run_worker(*, interval: float = 0.5) -> None:
    """Run one worker in this process until SIGTERM or SIGINT."""
    loop = WorkerLoop(interval=interval)
    loop.stop_on_signals()
    loop.run()


def first_round() -> None:
    """Start what is due and run it, as a worker does first, so that a new installation is not busy when it is opened."""
    start_due_jobs()
    drain()


def drain() -> None:
    """Run everything that waits now, then return; for commands and tests."""
    quiet_libraries()
    beat("drain:0:x")
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="drain:0:x",
        excluded_queue_names=[],
    ).run()


def quiet_libraries() -> None:
    """Keep the task library's line per job out of the log; failures stay."""
    for name in ("django_tasks", "django.tasks", "django_tasks_db"):
        logging.getLogger(name).setLevel(logging.WARNING)
