"""Imports through the browser: upload, check, confirm; large files by a job, their progress readable from outside."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from duban.kernel.actor import Actor, Channel, Grant
from duban.kernel.errors import FieldError, Invalid, WrongState
from duban.kernel.text import mark
from duban.platform.imports import reasons
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.selectors import importer as importer_of
from duban.platform.imports.services import Report, import_into, new_run, require_right
from duban.platform.sheets.problems import Problem
from duban.platform.sheets.readers import fetch

AT_ONCE_UP_TO = 512 * 1024
"""Files up to this size (bytes) are checked and imported while the person waits; larger ones by a job."""
CARRY_ON_TASK = "duban.platform.imports.tasks.carry_on_import"
TOLD_EVERY = 0.5
"""Seconds between two notes of progress."""


def upload(*, actor: Actor, kind: str, file: UploadedFile[Any]) -> ImportRun:
    """Keep an uploaded file and start its check. Raises `NotFound`, `NotAllowed`, or `Invalid` for one that is too large."""
    importer = importer_of(kind)
    require_right(importer, actor)
    if (file.size or 0) > settings.DUBAN_IMPORT_LIMIT:
        limit = settings.DUBAN_IMPORT_LIMIT // 1024 // 1024
        raise Invalid(errors=(FieldError("file", mark("The file is larger than {limit} MB."), {"limit": limit}),))
    stored = default_storage.save(f"imports/{uuid4().hex}", file)
    with fetched(stored) as path:
        run = new_run(path, kind=kind, actor=actor, file_name=file.name or "")
    run.stored_name = stored
    run.save()
    _start(run, actor)
    return run


def confirm(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Import a checked file. Raises `WrongState` unless it is checked and nobody has confirmed it yet."""
    require_right(importer_of(run.kind), actor)
    if not _moved(run, Stage.CHECKED, Stage.IMPORTING):
        raise WrongState(mark("This import is not waiting for a confirmation."))
    _start(run, actor)
    return run


def retry(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Check a failed import again from its file. Raises `WrongState` for any other."""
    require_right(importer_of(run.kind), actor)
    if not run.stored_name or not _moved(run, Stage.FAILED, Stage.UPLOADED):
        raise WrongState(mark("Only a failed import can be tried again."))
    _start(run, actor)
    return run


def carry_on(run_key: int, actor: Actor) -> ImportRun:
    """Do what the run waits for: its check, or its import. Harmless to repeat: a run that waits for nothing is left alone."""
    run = ImportRun.objects.get(pk=run_key)
    is_check = _moved(run, Stage.UPLOADED, Stage.CHECKING) or run.stage == Stage.CHECKING
    if not is_check and run.stage != Stage.IMPORTING:
        return run
    try:
        with fetched(run.stored_name) as path:
            import_into(run, path, importer_of(run.kind), actor=actor, dry_run=is_check, progress=_teller(run))
    except Exception:
        ImportRun.objects.filter(pk=run.pk).update(
            stage=Stage.FAILED, problem_count=1, problems=[Problem(reasons.FAILED).as_json()], finished_at=timezone.now()
        )
        raise
    run.save()
    progress_path(run).unlink(missing_ok=True)
    if run.stage == Stage.DONE:
        _forget_file(run)
    return run


def remove_old_files(*, days: int = 7) -> int:
    """Remove files kept for refused or forgotten imports that nobody has touched for `days`; the runs stay."""
    limit = timezone.now() - timedelta(days=days)
    old = ImportRun.objects.filter(changed_at__lt=limit).exclude(stored_name="").exclude(stage=Stage.IMPORTING)
    for run in old:
        _forget_file(run)
    return len(old)


@dataclass(frozen=True)
class ProgressNote:
    """How far a running import is; `total` 0 means not known yet."""

    done: int = 0
    total: int = 0
    step: str = "read"


def progress_of(run: ImportRun) -> ProgressNote:
    """The last note of a running import."""
    try:
        return ProgressNote(**json.loads(progress_path(run).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return ProgressNote()


def progress_path(run: ImportRun) -> Path:
    """A small file beside the database: the one place a job can write to while its transaction is open on either engine."""
    return Path(settings.DUBAN_DATA_DIR) / "progress" / f"{run.code}.json"


@contextmanager
def fetched(stored_name: str) -> Iterator[Path]:
    """The stored file as a local path."""
    with default_storage.open(stored_name) as source, fetch(source) as path:
        yield path


def pack_actor(actor: Actor) -> dict[str, Any]:
    """The actor as JSON values, for a job: it acts with the rights held when the person pressed the button."""
    values = {item.name: getattr(actor, item.name) for item in fields(Actor)}
    return {**values, "grants": [{**asdict(grant), "codes": sorted(grant.codes)} for grant in actor.grants]}


def unpack_actor(packed: Mapping[str, Any]) -> Actor:
    """The actor that `pack_actor` packed, acting through a job."""
    grants = tuple(Grant(**{**grant, "codes": frozenset(grant["codes"])}) for grant in packed["grants"])
    return Actor(**{**packed, "grants": grants, "channel": Channel.JOB})


def _start(run: ImportRun, actor: Actor) -> None:
    if run.size <= AT_ONCE_UP_TO:
        done = carry_on(run.pk, actor)
        run.stage = done.stage
        return
    task = cast("Task[..., str]", import_string(CARRY_ON_TASK))
    task.enqueue(run.pk, pack_actor(actor))


def _moved(run: ImportRun, source: Stage, target: Stage) -> bool:
    """Move the stage by one conditional update, so that of two who press at once only one succeeds."""
    if not ImportRun.objects.filter(pk=run.pk, stage=source).update(stage=target):
        return False
    run.stage = target
    return True


def _teller(run: ImportRun) -> Report:
    path = progress_path(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    return _throttled(lambda note: path.write_text(json.dumps(asdict(note)), encoding="ascii"))


def _throttled(tell: Callable[[ProgressNote], object]) -> Report:
    told_at = 0.0

    def report(done: int, total: int, step: str) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= TOLD_EVERY:
            told_at = time.monotonic()
            tell(ProgressNote(done, total, step))

    return report


def _forget_file(run: ImportRun) -> None:
    default_storage.delete(run.stored_name)
    ImportRun.objects.filter(pk=run.pk).update(stored_name="")
    run.stored_name = ""
