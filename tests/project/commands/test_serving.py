import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from duban.project.commands.serving import serve
from tests.patience import SERVE_PATIENCE

pytestmark = pytest.mark.real_time


@pytest.fixture
def port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(port, tmp_path):
    """`duban serve` on an empty data folder."""
    environment = {**os.environ, "DUBAN_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)  # nobody who installs it knows that name
    command = [sys.executable, "-m", "duban", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        yield process
        if process.poll() is None:
            process.kill()


def status(port):
    """What the living process answers, 0 for nothing."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status
    except (urllib.error.URLError, OSError):
        return 0


def wait_for(condition):
    """Wait until something is so."""
    until = time.monotonic() + SERVE_PATIENCE
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def children(process):
    """Processes below one, from the process table."""
    listed = subprocess.run(["/bin/ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def test_serve_answers_and_ends_cleanly_with_everything_it_started(server, port):
    assert wait_for(lambda: status(port) == 200)
    below = children(server)
    server.send_signal(signal.SIGTERM)
    assert server.wait(SERVE_PATIENCE) == 0
    assert status(port) == 0
    assert wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in below))


def test_a_killed_server_leaves_no_orphan(server, port):
    assert wait_for(lambda: status(port) == 200)
    below = children(server)
    server.kill()
    server.wait(SERVE_PATIENCE)
    assert wait_for(lambda: status(port) == 0)
    assert wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in below))


def test_a_port_that_is_taken_is_named(port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        result = CliRunner().invoke(serve, ["--port", str(port)])
    assert result.exit_code == 1
    assert f"127.0.0.1:{port}" in result.output


def test_serve_names_what_is_wrong_with_the_environment(port, tmp_path):
    environment = {**os.environ, "DUBAN_DATA_DIR": str(tmp_path), "DUBAN_SECRET_KEY": "short"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "duban", "serve", "--port", str(port)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "DUBAN_SECRET_KEY" in done.stderr
