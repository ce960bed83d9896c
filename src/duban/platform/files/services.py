"""Taking files in and hanging them on records."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.files.sniffing import EVERY_KIND, FileKind, Sniffed, sniff
from duban.platform.files.storage import file_store, original_key, temporary_file
from duban.platform.records import ScopedModel

Upload: TypeAlias = "UploadedFile[Any]"
Source: TypeAlias = "UploadedFile[Any] | bytes | Path"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class _Taken:
    """A file streamed to the workspace: where, its hash and its length in bytes."""

    path: Path
    sha256: str
    size: int


def store_file(
    *,
    actor: Actor,
    source: Source,
    name: str = "",
    limit: int | None = None,
    kinds: tuple[FileKind, ...] = EVERY_KIND,
    sha256: str = "",
) -> StoredFile:
    """Take one file in: stream, hash, limit, sniff, keep. The same bytes are kept once.

    `limit` is in bytes, `DUBAN_UPLOAD_LIMIT` if none is given; `sha256` is what the bytes must hash to, if given. Raises
    `Invalid` for a file that is empty, too large, other than announced, of a kind not asked for, or a picture that does
    not decode; then nothing is kept. The actor is entered where the
    file is attached, not here: bytes alone say nothing about anybody.
    """
    del actor
    name = name or _name_of(source)
    taken = _take(source, limit if limit is not None else settings.DUBAN_UPLOAD_LIMIT, name)
    try:
        _check_hash(taken, sha256, name)
        sniffed = sniff(taken.path, name=name, kinds=kinds)
        return _keep(taken, sniffed)
    finally:
        taken.path.unlink(missing_ok=True)


@transaction.atomic
def attach(*, actor: Actor, target: ScopedModel, file: StoredFile, name: str, note: str = "") -> Attachment:
    """Hang a stored file on a record the actor may change; leaves an audit entry on that record."""
    attachment = Attachment.objects.create(
        file=file,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        name=name[:160],
        note=note[:200],
        added_by_id=actor.person_id,
    )
    write_entry(actor=actor, record=target, action="attach", changes={"attachment": [None, f"{name} {file.sha256}"]})
    return attachment


def attach_uploads(
    *, actor: Actor, target: ScopedModel, uploads: Iterable[Upload], kinds: tuple[FileKind, ...] = EVERY_KIND
) -> list[Attachment]:
    """Store and attach every upload of a multi-select field, all or none."""
    with transaction.atomic():
        stored = [(store_file(actor=actor, source=upload, kinds=kinds), upload) for upload in uploads]
        return [attach(actor=actor, target=target, file=file, name=_name_of(upload)) for file, upload in stored]


def _keep(taken: _Taken, sniffed: Sniffed) -> StoredFile:
    file_store().keep(taken.path, original_key(taken.sha256))
    stored, _ = StoredFile.objects.get_or_create(
        sha256=taken.sha256,
        defaults={
            "size": taken.size,
            "media_type": sniffed.media_type,
            "width": sniffed.width,
            "height": sniffed.height,
        },
    )
    return stored


def _take(source: Source, limit: int, name: str) -> _Taken:
    path = temporary_file(file_store())
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("wb") as target:
            for chunk in _chunks(source):
                size += len(chunk)
                _check_size(size, limit, name)
                digest.update(chunk)
                target.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return _Taken(path, digest.hexdigest(), size)


def _chunks(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, Path):
        with source.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    else:
        yield from source.chunks(CHUNK)


def _name_of(source: Source) -> str:
    return "" if isinstance(source, bytes) else Path(source.name or "").name


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        message = mark("“{name}” is larger than {megabytes} MB.")
        params = {"name": name, "megabytes": max(limit // (1024 * 1024), 1)}
        raise Invalid(message, errors=(FieldError("file", message, params),), **params)


def _check_hash(taken: _Taken, sha256: str, name: str) -> None:
    if sha256 and taken.sha256 != sha256:
        message = mark("“{name}” did not arrive as it was sent: its check sum differs.")
        raise Invalid(message, errors=(FieldError("file", message, {"name": name}),), name=name)
