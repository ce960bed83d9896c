"""Files in pieces: each piece lands at its place, the last one makes the file whole."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, WrongState
from duban.kernel.text import mark
from duban.platform.files.models import StoredFile
from duban.platform.files.services import store_file
from duban.platform.files.sniffing import FileKind
from duban.platform.files.storage import file_store
from duban.platform.sync.models import Upload
from duban.platform.sync.selectors import own_key
from duban.platform.sync.services.waking import wake_for_file
from duban.platform.sync.shapes import CHUNK_BYTES, Progress

KEPT_FOR = timedelta(days=7)
HASH = re.compile(r"[0-9a-f]{64}")


class WrongOffset(WrongState):
    """The piece does not begin where the last one ended."""

    default_message = mark("This piece does not begin where the last one ended: send from byte {received}.")

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(received=received)


def take_chunk(*, actor: Actor, sha256: str, offset: int, size: int, content: bytes) -> Progress:
    """Put one piece at its place; the last one checks the whole, keeps it and wakes envelopes that waited for it.

    A server killed at any moment has counted only what is safely there, so the phone sends at most one piece again.
    Raises `WrongOffset` naming the right one, `Invalid` for a piece or file that is too large, for bytes that do not hash to
    the name and for what is no picture; after a wrong hash the upload begins anew. Needs a role.
    """
    person = own_key(actor)
    _check(sha256, offset, size, content)
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is not None:
        return Progress(stored.size, stored.size, is_complete=True)
    upload = _write(person, sha256, offset, size, content)
    if offset + len(content) < size:
        return Progress(upload.received, size, is_complete=False)
    _finish(actor, upload)
    wake_for_file(sha256=sha256)
    return Progress(size, size, is_complete=True)


def forget_uploads(*, now: datetime | None = None) -> int:
    """Remove uploads that nobody has continued for a week, and parts on the disk to which no upload belongs."""
    before = (now or timezone.now()) - KEPT_FOR
    abandoned = list(Upload.objects.filter(changed_at__lt=before).order_by("pk"))
    for upload in abandoned:
        _begin_anew(upload)
    known = {_part(person, sha256).name for person, sha256 in Upload.objects.values_list("person_id", "sha256")}
    strays = [path for path in file_store().workspace().glob("part-*") if path.name not in known]
    old = [path for path in strays if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(abandoned) + len(old)


def _check(sha256: str, offset: int, size: int, content: bytes) -> None:
    if not HASH.fullmatch(sha256):
        raise _refused("sha256", mark("A file is named by its SHA-256 in lower-case hex."))
    limit = settings.DUBAN_UPLOAD_LIMIT
    if size > limit:
        raise _refused(
            "size", mark("The file is larger than the {megabytes} MB that are accepted."), megabytes=limit // 1024**2
        )
    if not content or len(content) > CHUNK_BYTES:
        raise _refused("body", mark("A piece holds 1 to {bytes} bytes."), bytes=CHUNK_BYTES)
    if offset < 0 or offset + len(content) > size:
        raise _refused("offset", mark("This piece reaches beyond the end of the file."))


def _refused(field: str, message: str, **params: object) -> Invalid:
    return Invalid(message, errors=(FieldError(field, message, params),), **params)


def _write(person: int, sha256: str, offset: int, size: int, content: bytes) -> Upload:
    """Put the bytes down, then count them: but for the last piece, which counts only once the whole file is kept."""
    path = _part(person, sha256)
    with transaction.atomic():
        upload = _locked(person, sha256, size)
        there = min(upload.received, path.stat().st_size if path.exists() else 0)
        if offset not in (0, there):
            raise WrongOffset(there)
        with path.open("r+b" if path.exists() else "wb") as file:
            file.seek(offset)
            file.truncate()
            file.write(content)
        upload.size = size
        upload.received = offset + len(content) if offset + len(content) < size else min(offset, there)
        upload.save(update_fields=["size", "received", "changed_at"])
    return upload


def _locked(person: int, sha256: str, size: int) -> Upload:
    Upload.objects.bulk_create([Upload(person_id=person, sha256=sha256, size=size)], ignore_conflicts=True)
    return Upload.objects.select_for_update().get(person_id=person, sha256=sha256)


def _finish(actor: Actor, upload: Upload) -> None:
    path = _part(upload.person_id, upload.sha256)
    try:
        store_file(
            actor=actor,
            source=path,
            name=upload.sha256[:12],
            limit=upload.size,
            kinds=(FileKind.IMAGE,),
            sha256=upload.sha256,
        )
    except FileNotFoundError:
        # Another connection brought the same last piece and was quicker.
        if not StoredFile.objects.filter(sha256=upload.sha256).exists():
            raise WrongOffset(0) from None
    except Invalid:
        _begin_anew(upload)
        raise
    _begin_anew(upload)


def _begin_anew(upload: Upload) -> None:
    """Forget what came so far."""
    Upload.objects.filter(pk=upload.pk).delete()
    _part(upload.person_id, upload.sha256).unlink(missing_ok=True)


def _part(person: int, sha256: str) -> Path:
    return file_store().workspace() / f"part-{person}-{sha256}"
