"""Importing: check everything, then save all of it or nothing."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError
from duban.platform.audit.services import write_entry
from duban.platform.imports import reasons
from duban.platform.imports.importer import ImportCounts, Importer, ImportRefused
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.reading import Reading, heading_score, read_rows
from duban.platform.imports.resolving import check, resolve
from duban.platform.imports.selectors import importer as importer_of
from duban.platform.imports.template_workbook import write_template
from duban.platform.sheets.problems import FileRefused
from duban.platform.sheets.readers import open_table

Report = Callable[[int, int, str], None]
"""`report(done, total, step)` with step `"read"`, `"check"` or `"save"`; total 0 means not known yet."""

Save = Callable[..., ImportCounts]


def run_import(
    path: Path | str, *, kind: str, actor: Actor, dry_run: bool = False, progress: Report | None = None
) -> ImportRun:
    """Import one file, all rows or none, and return the run: `done`, `checked` (dry run) or `refused` with its problems.

    Saving, the audit entry and the stored run are one transaction. A dry run saves and takes everything back, so that what it
    says is what an import would do; neither it nor a refusal leaves anything behind. Raises `NotFound` for an unknown kind and
    `NotAllowed` for an actor without the right.
    """
    path = Path(path)
    importer = importer_of(kind)
    require_right(importer, actor)
    run = new_run(path, kind=kind, actor=actor, file_name=path.name)
    return import_into(run, path, importer, actor=actor, dry_run=dry_run, progress=progress)


def require_right(importer: Importer, actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor may import this kind."""
    actor.require("platform.import")
    if importer.permission:
        actor.require(importer.permission)


def new_run(path: Path, *, kind: str, actor: Actor, file_name: str) -> ImportRun:
    """An unsaved run for a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ImportRun(
        scope=actor.tenant_path,
        kind=kind,
        file_name=file_name[-160:],
        sha256=digest,
        size=path.stat().st_size,
        person_id=actor.person_id,
        actor_name=actor.name[:120],
    )


def import_into(
    run: ImportRun, path: Path, importer: Importer, *, actor: Actor, dry_run: bool, progress: Report | None = None
) -> ImportRun:
    """Check the file, save its rows, and write the outcome on `run`, which is stored with the rows unless it is a dry run."""
    report = progress or _silent
    reading = read_file(path, importer, actor=actor, report=report)
    if not reading.problem_count:
        _save_all(run, reading, actor=actor, dry_run=dry_run, report=report)
    run.row_count = reading.row_count
    run.problem_count = reading.problem_count
    run.problems = [problem.as_json() for problem in reading.problems]
    if reading.problem_count:
        run.stage = Stage.REFUSED
        run.created_count = run.updated_count = run.unchanged_count = 0
    return run


def read_file(path: Path, importer: Importer, *, actor: Actor, report: Report) -> Reading:
    """Parse, look up and check every row; what is wrong stands in the reading's problems. Writes nothing."""
    score = heading_score(importer)
    try:
        table = open_table(path, size_limit=settings.DUBAN_IMPORT_LIMIT, score=score)
        row_limit = settings.DUBAN_IMPORT_ROW_LIMIT
        reading = read_rows(table, importer, row_limit=row_limit, advance=lambda done: report(done, 0, "read"))
    except FileRefused as refused:
        return Reading(importer, problems=list(refused.problems), problem_count=len(refused.problems))
    report(0, reading.row_count, "check")
    resolve(reading, actor=actor)
    check(reading, actor=actor)
    report(reading.row_count, reading.row_count, "check")
    return reading


def _save_all(run: ImportRun, reading: Reading, *, actor: Actor, dry_run: bool, report: Report) -> None:
    """Save within one transaction; what the service or the database refuses becomes a problem of the reading."""
    total = len(reading.rows)
    report(0, total, "save")
    try:
        with transaction.atomic():
            counts = _save(reading.importer.save)(reading.rows, actor=actor, progress=lambda done: report(done, total, "save"))
            run.created_count, run.updated_count, run.unchanged_count = counts.created, counts.updated, counts.unchanged
            if dry_run:
                run.stage = Stage.CHECKED
                transaction.set_rollback(True)
            else:
                _conclude(run, reading, actor=actor)
    except ImportRefused as refused:
        for found in refused.problems:
            reading.add_row_problem(found)
    except DomainError as error:
        _add_domain_error(reading, error)
    except (IntegrityError, DataError) as error:
        reading.add(reasons.CONFLICT, detail=str(error).splitlines()[0][:200])


def _conclude(run: ImportRun, reading: Reading, *, actor: Actor) -> None:
    run.stage, run.row_count, run.finished_at = Stage.DONE, reading.row_count, timezone.now()
    run.problems, run.problem_count = [], 0
    run.save()
    summary = {
        "kind": run.kind,
        "file": run.file_name,
        "sha256": run.sha256,
        "rows": run.row_count,
        "created": run.created_count,
        "updated": run.updated_count,
        "unchanged": run.unchanged_count,
    }
    write_entry(actor=actor, record=run, action="import", changes={name: [None, value] for name, value in summary.items()})


def _add_domain_error(reading: Reading, error: DomainError) -> None:
    reading.add(reasons.REFUSED, detail=str(error))
    for item in error.errors:
        reading.add(reasons.REFUSED, detail=f"{item.field}: {item.message.format(**item.params)}")


def _save(path: str) -> Save:
    return cast("Save", import_string(path))


def _silent(_done: int, _total: int, _step: str) -> None:
    return None


__all__ = ["import_into", "new_run", "read_file", "require_right", "run_import", "write_template"]
