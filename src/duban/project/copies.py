"""A whole installation in one file, independent of the engine, and back.

A backup is a tar archive: `manifest.json`, one `tables/<app>.<model>.jsonl` for each table, `files/…` as they lie in the
store, and the secret key if it lies in the data folder (sealed values need it). It shows one moment, however many people
write meanwhile.
"""

import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from duban.kernel.errors import Invalid, WrongState
from duban.kernel.text import mark

FORM = 1
LEFT_OUT = frozenset({"contenttypes.contenttype", "auth.permission", "sessions.session"})
"""Made anew by every installation, or good for one only."""
CHUNK = 2000
Progress = Callable[[str, int, int], None]
Model = type[models.Model]


@dataclass(frozen=True)
class CopyReport:
    """How much went into a backup or came out of it."""

    tables: int
    rows: int
    files: int


def write_backup(path: Path, progress: Progress) -> CopyReport:
    """Write everything into `path`; `WrongState` if it exists. What bears the name is whole: it is renamed at the end."""
    if path.exists():
        raise WrongState(mark("{path} exists already; choose another name."), path=str(path))
    unfinished = path.with_name(path.name + ".unfinished")
    is_packed = path.suffix in {".gz", ".tgz"}
    with tarfile.open(unfinished, "w:gz") if is_packed else tarfile.open(unfinished, "w") as archive, frozen_database():
        counts = {table.label_lower: _write_table(archive, table.model) for table in _shown(_tables(), progress)}
        files = _write_files(archive, progress)
        _add(archive, "manifest.json", json.dumps(_manifest(counts, files), ensure_ascii=False, indent=1).encode())
    unfinished.replace(path)
    return CopyReport(len(counts), sum(counts.values()), files)


def read_backup(path: Path, progress: Progress) -> CopyReport:
    """Bring `path` back into an empty, migrated installation: all or nothing.

    Raises `WrongState` if the installation is in use, `Invalid` if the file is damaged or not a backup.
    """
    with tarfile.open(path) as archive:
        manifest = _read_manifest(archive)
        _check_target(manifest)
        with transaction.atomic():
            for table in _shown(_tables(), progress):
                _read_table(archive, table.model, manifest["tables"].get(table.label_lower, 0))
        _reset_sequences()
        _read_files(archive)
    return CopyReport(len(manifest["tables"]), sum(manifest["tables"].values()), manifest["files"])


@contextmanager
def frozen_database() -> Iterator[None]:
    """Inside the block this thread sees the database as it is now, while others go on writing."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=settings.DUBAN_DATA_DIR) as folder, _reading(Path(folder) / "copy.sqlite3"):
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    # SQLite copies itself page by page without stopping its writers; the copy is then read at leisure.
    live = connections["default"]
    live.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        live.connection.backup(target)
    copy = live.copy()
    copy.settings_dict = {**live.settings_dict, "NAME": str(path)}
    connections["default"] = copy
    try:
        yield
    finally:
        copy.close()
        connections["default"] = live


def _tables() -> list[Any]:
    """Every table that is kept, by name; references are checked at the end of the transaction, so order does not matter."""
    kept = [
        model._meta for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    return sorted((meta for meta in kept if meta.label_lower not in LEFT_OUT), key=lambda meta: str(meta.label_lower))


def _shown(tables: Sequence[Any], progress: Progress) -> Iterator[Any]:
    for number, table in enumerate(tables, start=1):
        yield table
        progress("tables", number, len(tables))


def _write_table(archive: tarfile.TarFile, model: Model) -> int:
    fields = model._meta.concrete_fields
    count = 0
    with tempfile.TemporaryFile() as lines:
        for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
            values = [_plain(field, row) for field in fields]
            lines.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
        size = lines.tell()
        lines.seek(0)
        entry = tarfile.TarInfo(_member(model))
        entry.size = size
        archive.addfile(entry, lines)
    return count


def _plain(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def _read_table(archive: tarfile.TarFile, model: Model, expected: int) -> None:
    lines = _opened(archive, _member(model)) if expected else None
    count = 0
    for chunk in _chunks(lines) if lines else ():
        rows = [_row(model, values) for values in chunk]
        # Raw, so that stamps stay what they were and nothing is announced.
        fields = model._meta.concrete_fields
        size = connection.ops.bulk_batch_size(fields, rows)
        for start in range(0, len(rows), size):
            queryset: Any = model._base_manager.all()
            queryset._insert(rows[start : start + size], fields=fields, raw=True, using="default")  # noqa: SLF001 - see above
        count += len(rows)
    if count != expected:
        raise Invalid(
            mark("The backup is damaged: {table} has {count} of {expected} rows."),
            table=_member(model),
            count=count,
            expected=expected,
        )


def _row(model: Model, values: list[Any]) -> models.Model:
    row = model()
    for field, value in zip(model._meta.concrete_fields, values, strict=True):
        keeps = value is None or isinstance(field, models.JSONField)
        setattr(row, field.attname, value if keeps else _target(field).to_python(value))
    return row


def _target(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    return field.target_field if isinstance(field, models.ForeignKey) else field


def _chunks(lines: IO[bytes]) -> Iterator[list[list[Any]]]:
    chunk: list[list[Any]] = []
    for line in lines:
        chunk.append(json.loads(line))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _write_files(archive: tarfile.TarFile, progress: Progress) -> int:
    root = Path(settings.MEDIA_ROOT)
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and path.relative_to(root).parts[0] != "incoming"]
    for number, path in enumerate(paths, start=1):
        archive.add(path, f"files/{path.relative_to(root).as_posix()}", recursive=False)
        progress("files", number, len(paths))
    key = Path(settings.DUBAN_DATA_DIR) / "secret_key"
    if key.exists():
        archive.add(key, "secret_key", recursive=False)
    return len(paths)


def _read_files(archive: tarfile.TarFile) -> None:
    root = Path(settings.MEDIA_ROOT)
    for member in archive:
        if member.isfile() and member.name.startswith("files/"):
            member.name = member.name.removeprefix("files/")
            archive.extract(member, root, filter="data")
        elif member.name == "secret_key":
            archive.extract(member, settings.DUBAN_DATA_DIR, filter="data")


def _manifest(counts: dict[str, int], files: int) -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "form": FORM,
        "version": version("duban"),
        "made_at": datetime.now(UTC).isoformat(),
        "engine": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "tables": counts,
        "files": files,
    }


def _read_manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.load(_opened(archive, "manifest.json"))
    except (KeyError, ValueError) as error:
        raise Invalid(mark("This file is not a backup, or not a whole one.")) from error
    return manifest


def _check_target(manifest: dict[str, Any]) -> None:
    if manifest["form"] != FORM:
        raise Invalid(mark("This backup has a form ({form}) that this version does not read."), form=manifest["form"])
    here = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    if set(manifest["migrations"]) != here:
        raise WrongState(
            mark("The backup was made by another version ({version}); install that one first."), version=manifest["version"]
        )
    in_use = [table.label for table in _tables() if table.app_label != "platform" and table.model._base_manager.exists()]
    media = Path(settings.MEDIA_ROOT)
    if in_use or (media.exists() and any(path.is_file() for path in media.rglob("*"))):
        raise WrongState(mark("This installation is in use; a backup goes only into an empty one."))


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in _tables()])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _member(model: Model) -> str:
    return f"tables/{model._meta.label_lower}.jsonl"


def _opened(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))
