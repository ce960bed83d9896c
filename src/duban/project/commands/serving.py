"""`duban serve`: the web and the worker in one process tree. `duban work`: only the worker."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from duban.project.processes import SERVING

RESTART_PAUSE = 2.0
STOP_PATIENCE = 20


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--web-processes", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--web-threads", type=click.IntRange(1, 256), default=8, show_default=True, help="Threads of each web process.")
@click.option("--no-worker", is_flag=True, help="Only the web; the worker runs elsewhere (`duban work`).")
def serve(host: str, port: int, web_processes: int, web_threads: int, *, no_worker: bool) -> None:
    """Serve the web and run the worker. SIGTERM and Ctrl-C end both after what they are at.

    Whichever process is killed, no acknowledged write is lost: the worker is started again, jobs are repeated safely.
    """
    check_port(host, port)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    os.environ[SERVING] = str(os.getpid())
    keeper = None if no_worker else WorkerKeeper()
    if keeper:
        keeper.start()
    click.echo(f"Duban answers on http://{host}:{port}", err=True)
    try:
        Server(
            "duban.project.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=web_processes,
            blocking_threads=web_threads,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_PATIENCE,
            log_level=LogLevels.error,
            websockets=False,
        ).serve()
    finally:
        if keeper:
            keeper.stop()


def check_port(host: str, port: int) -> None:
    """Say clearly that somebody else has the port, before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port."
            raise click.ClickException(message) from None


class WorkerKeeper:
    """Keeps one worker process alive beside the web, and ends it with it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the worker in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to finish its job, wait for it, and in the end do not wait any longer."""
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen([sys.executable, "-m", "duban", "work"])
            self._process.wait()
            if not self._stopping.is_set():
                time.sleep(RESTART_PAUSE)


@click.command()
@click.option("--interval", type=float, default=0.5, show_default=True, help="Seconds between two looks at the queue.")
def work(interval: float) -> None:
    """Run the worker: jobs that wait, and those that repeat. SIGTERM and Ctrl-C end it after the current job."""
    from duban.platform.worker.loop import run_worker  # noqa: PLC0415 - `serve` shares this module and does without Django
    from duban.project.processes import die_with_parent  # noqa: PLC0415 - as above

    die_with_parent()
    run_worker(interval=interval)


@click.command()
def migrate() -> None:
    """Bring the database to the shape this version needs, and the shipped parameters up to date. Safe to repeat."""
    from django.core.management import call_command  # noqa: PLC0415 - `serve` shares this module and does without Django

    from duban.platform.parameters.services import load_shipped_values  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=1)
    load_shipped_values()
