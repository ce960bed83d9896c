"""Imports carried on by the worker."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.platform.imports import uploads
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.tasks import carry_on_import, forget_old_files
from duban.platform.imports.uploads import confirm, pack_actor, upload
from tests.platform.imports.files import write_xlsx
from tests.platform.imports.test_services import GOOD, HEADINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportRun:
    """A file that is left to the worker, whatever its size."""
    monkeypatch.setattr(uploads, "AT_ONCE_UP_TO", 0)
    path = write_xlsx(tmp_path / "estates.xlsx", HEADINGS, GOOD)
    return upload(actor=admin, kind="estates", file=SimpleUploadedFile("estates.xlsx", path.read_bytes()))


def test_the_worker_checks_and_imports_and_may_come_twice(run: ImportRun, admin: Actor) -> None:
    assert carry_on_import.call(run.pk, pack_actor(admin)) == Stage.CHECKED
    run.refresh_from_db()
    confirm(actor=admin, run=run)
    assert [carry_on_import.call(run.pk, pack_actor(admin)) for _ in range(2)] == [Stage.DONE, Stage.DONE]
    assert Estate.objects.exclude(external_number="").count() == 2


def test_old_files_are_forgotten(run: ImportRun) -> None:
    assert forget_old_files.call() == 0
    ImportRun.objects.update(changed_at="2026-11-01T00:00:00Z")
    assert forget_old_files.call() == 1
    assert not default_storage.exists(run.stored_name)
