"""A child of `duban serve` does not outlive it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from duban.project.processes import SERVING, die_with_parent

CHILD = """
import time
from duban.project.processes import die_with_parent
die_with_parent()
print("up", flush=True)
time.sleep(60)
"""
PARENT = f"""
import os, subprocess, sys, time
os.environ["{SERVING}"] = str(os.getpid())
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def _lives(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere an orphan ends when it is asked to")
def test_a_child_ends_with_a_parent_that_is_killed_outright():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert _lives(child)
        parent.send_signal(signal.SIGKILL)
    patience = time.monotonic() + 20
    while _lives(child) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not _lives(child)


def test_outside_of_serving_nothing_happens(monkeypatch):
    monkeypatch.delenv(SERVING, raising=False)
    assert die_with_parent() is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere an orphan ends when it is asked to")
def test_a_child_whose_parent_died_before_it_was_up_ends_at_once(monkeypatch):
    monkeypatch.setattr("ctypes.CDLL", lambda _name: type("Library", (), {"prctl": staticmethod(lambda *_numbers: 0)}))
    monkeypatch.setenv(SERVING, str(os.getppid() + 1))
    with pytest.raises(SystemExit):
        die_with_parent()
