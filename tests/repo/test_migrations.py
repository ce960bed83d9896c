"""Migrations lead from nothing to the models, on whichever engine the suite runs."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.repo.source import ROOT


def manage(environment, *arguments):
    command = [sys.executable, "-m", "duban", "django", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def environment(tmp_path, django_db_blocker):
    """An environment with an empty database of the engine under test."""
    found = {**os.environ, "DUBAN_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "duban.project.settings"}
    if connection.vendor != "postgresql":
        found.pop("DATABASE_URL", None)
        yield found
        return
    name = f"from_zero_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield {**found, "DATABASE_URL": os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")}
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.real_time
def test_migrations_apply_from_zero(environment):
    assert (applied := manage(environment, "migrate", "--verbosity=0")).returncode == 0, applied.stderr[-3000:]
    waiting = manage(environment, "migrate", "--check")
    assert waiting.returncode == 0, waiting.stdout + waiting.stderr


@pytest.mark.real_time
def test_models_have_no_changes_without_migration(environment):
    found = manage(environment, "makemigrations", "--check", "--dry-run")
    assert found.returncode == 0, found.stdout + found.stderr
