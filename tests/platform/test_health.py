from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from duban.platform import health
from duban.platform.worker.services import beat


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_live_without_sign_in_and_without_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_ready(client, db, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: "")
    beat("a:1:x")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "checks": {"database": "ok", "migrations": "ok", "worker": "ok", "storage": "ok"}},
    )


def test_not_ready_says_why(client, db, monkeypatch, settings, tmp_path):
    def away():
        raise DatabaseError("secret host")

    (tmp_path / "blocked").write_text("")
    settings.MEDIA_ROOT = tmp_path / "blocked"
    monkeypatch.setitem(health.CHECKS, "database", away)
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: "2 migrations wait")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {
        "database": "DatabaseError",
        "migrations": "2 migrations wait",
        "worker": "no worker was ever seen",
        "storage": "files cannot be kept",
    }


@pytest.mark.parametrize(("age", "fault"), [(timedelta(seconds=30), ""), (timedelta(minutes=5), "last seen 300 s ago")])
def test_age_of_the_heartbeat(db, age, fault):
    beat("a:1:x", timezone.now() - age)
    assert health.worker_fault() == fault


def test_database_answers(db):
    assert health.database_fault() == ""


def test_waiting_migrations_are_counted(db, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda _self, _targets: [1, 2])
    assert health.migrations_fault() == "2 migrations wait"
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda _self, _targets: [])
    assert health.migrations_fault() == ""
