"""A close that is killed ten times ends, at the eleventh try, with what an undisturbed close would have made."""

import json
import os
import shutil
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
    """Two installations that start alike: one to be left in peace, its copy to be killed."""
    names = {name: f"{name}_{os.getpid()}" for name in ("calm", "killed")}
    calm, killed = (Installation(environment_of(tmp_path / name, database)) for name, database in names.items())
    sql = statements(django_db_blocker)
    sql(f"CREATE DATABASE {names['calm']}")
    calm.duban("django", "migrate", "--verbosity=0")
    calm.run(sys.executable, "-m", "tests.scorecards.close_world", "make")
    shutil.copytree(tmp_path / "calm", tmp_path / "killed")
    sql(f"CREATE DATABASE {names['killed']} TEMPLATE {names['calm']}")
    yield calm, killed
    for database in names.values():
        sql(f"DROP DATABASE {database} WITH (FORCE)")


def environment_of(folder, database):
    """The environment of an installation of its own on the engine under test."""
    found = {
        **os.environ,
        "DUBAN_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "duban.project.settings",
        "DATABASE_URL": "",
    }
    if connection.vendor == "postgresql":
        found["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("/postgres?", f"/{database}?")
    return found


def statements(django_db_blocker):
    """A function that runs a statement beside all databases; on SQLite there is nothing to run it on."""

    def run(statement):
        if connection.vendor == "postgresql":
            with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
                cursor.execute(statement)

    return run


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
