"""A close that is killed ten times ends, at the eleventh try, with what an undisturbed close would have made."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.repo.source import ROOT
from tests.scorecards.close_world import LINES

KILLS = 10
PATIENCE = 180
pytestmark = pytest.mark.real_time


class Installation:
    """One installation of its own, on the engine under test, worked by commands only."""

    def __init__(self, environment):
        self.environment = environment

    def run(self, *command):
        """Run a command to its end."""
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def duban(self, *arguments):
        """Run `duban` to its end."""
        return self.run(sys.executable, "-m", "duban", *arguments)

    def kill_close_after(self, seconds):
        """Start closing, and kill the process outright."""
        with subprocess.Popen(
            [sys.executable, "-m", "duban", "close", "2026-10"], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        ) as closing:
            time.sleep(seconds)
            closing.send_signal(signal.SIGKILL)

    def cards(self):
        """What the cards say now."""
        return json.loads(self.run(sys.executable, "-m", "tests.scorecards.close_world", "show"))


@pytest.fixture
def installations(tmp_path, django_db_blocker):
    """Two installations that start alike: one to be left in peace, one to be killed."""
    found = []
    for name in ("calm", "killed"):
        environment = {**os.environ, "DUBAN_DATA_DIR": str(tmp_path / name), "DJANGO_SETTINGS_MODULE": "duban.project.settings"}
        environment["DATABASE_URL"] = ""
        if connection.vendor == "postgresql":
            database = f"{name}_{os.getpid()}"
            with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {database}")
            environment["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("/postgres?", f"/{database}?")
        installation = Installation(environment)
        installation.duban("django", "migrate", "--verbosity=0")
        installation.run(sys.executable, "-m", "tests.scorecards.close_world", "make")
        found.append(installation)
    yield found
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            for name in ("calm", "killed"):
                cursor.execute(f"DROP DATABASE {name}_{os.getpid()} WITH (FORCE)")


def test_a_close_killed_ten_times_ends_as_an_undisturbed_one(installations):
    calm, killed = installations
    started = time.monotonic()
    calm.duban("close", "2026-10")
    whole = time.monotonic() - started
    for number in range(KILLS):
        killed.kill_close_after(whole * (number + 1) / (KILLS + 1))
        if number == 0:
            assert killed.cards()["cards"] < LINES
    killed.duban("close", "2026-10")
    ended = killed.cards()
    assert ended == calm.cards() | {"faults": 0}
    assert (ended["cards"], ended["period"]) == (LINES, "closed")
