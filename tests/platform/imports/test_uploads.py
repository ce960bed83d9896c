"""An uploaded file on its way from check to import, and the notes that tell how far it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.kernel.actor import Actor, Channel
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.imports import uploads
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.uploads import (
    ProgressNote,
    carry_on,
    confirm,
    pack_actor,
    progress_of,
    progress_path,
    remove_old_files,
    retry,
    unpack_actor,
    upload,
)
from tests.cast import World
from tests.platform.imports.files import write_xlsx
from tests.platform.imports.test_services import GOOD, HEADINGS, _rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(admin: Actor, tmp_path: Path) -> Callable[..., ImportRun]:
    """Upload the two good estates, changed where told."""

    def do(*changes: tuple[int, int, object]) -> ImportRun:
        path = write_xlsx(tmp_path / "estates.xlsx", HEADINGS, _rows(*changes) if changes else GOOD)
        return upload(actor=admin, kind="estates", file=SimpleUploadedFile("estates.xlsx", path.read_bytes()))

    return do


def test_a_small_file_is_checked_at_once_and_kept_until_it_is_imported(sent: Callable[..., ImportRun], admin: Actor) -> None:
    run = sent()
    assert (run.stage, default_storage.exists(run.stored_name)) == (Stage.CHECKED, True)
    kept = run.stored_name
    confirm(actor=admin, run=run)
    run.refresh_from_db()
    assert (run.stage, run.created_count, run.stored_name, default_storage.exists(kept)) == (Stage.DONE, 2, "", False)


def test_of_two_who_confirm_one_is_told_that_it_is_done(sent: Callable[..., ImportRun], admin: Actor) -> None:
    run = sent()
    other = ImportRun.objects.get()
    confirm(actor=admin, run=run)
    with pytest.raises(WrongState):
        confirm(actor=admin, run=other)


def test_only_a_failed_import_is_tried_again(sent: Callable[..., ImportRun], admin: Actor) -> None:
    run = sent()
    with pytest.raises(WrongState):
        retry(actor=admin, run=run)
    ImportRun.objects.update(stage=Stage.FAILED)
    run.refresh_from_db()
    retry(actor=admin, run=run)
    assert ImportRun.objects.get().stage == Stage.CHECKED


def test_a_refused_run_waits_for_nothing(sent: Callable[..., ImportRun], admin: Actor) -> None:
    run = sent((0, 1, ""))
    assert carry_on(run.pk, admin).stage == Stage.REFUSED


def test_who_may_not_import_may_not_upload_either(world: World, settings: Any) -> None:
    file = SimpleUploadedFile("a.csv", b"a")
    with pytest.raises(NotAllowed):
        upload(actor=world.ours.actor("finance"), kind="estates", file=file)
    settings.DUBAN_IMPORT_LIMIT = 0
    with pytest.raises(Invalid):
        upload(actor=world.ours.actor("group_admin"), kind="estates", file=file)
    assert ImportRun.objects.count() == 0


def test_only_files_that_nobody_touched_for_days_are_removed(sent: Callable[..., ImportRun]) -> None:
    run = sent((0, 1, ""))
    assert remove_old_files(days=7) == 0
    assert remove_old_files(days=-1) == 1
    assert not default_storage.exists(run.stored_name)
    assert ImportRun.objects.get().stored_name == ""


def test_actor_survives_the_way_to_the_job(admin: Actor) -> None:
    back = unpack_actor(pack_actor(admin))
    assert back.grants == admin.grants
    assert (back.person_id, back.tenant_path, back.channel) == (admin.person_id, admin.tenant_path, Channel.JOB)


@pytest.mark.parametrize("written", [None, "", "{", '{"unknown": 1}'])
def test_progress_that_cannot_be_read_is_not_known_yet(sent: Callable[..., ImportRun], written: str | None) -> None:
    run = sent()
    path = progress_path(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if written is not None:
        path.write_text(written)
    assert progress_of(run) == ProgressNote()


def test_progress_is_written_at_most_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([10.0, 10.0, 10.2, 11.0, 11.0])
    monkeypatch.setattr(uploads.time, "monotonic", lambda: next(moments))
    told: list[ProgressNote] = []
    report = uploads._throttled(told.append)
    for done in (1, 2, 3):
        report(done, 9, "save")
    assert told == [ProgressNote(1, 9, "save"), ProgressNote(3, 9, "save")]
