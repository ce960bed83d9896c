"""Reading files: what hangs on a record, where its bytes are shown, and whether this actor may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core import signing
from django.db import models
from django.urls import reverse

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.files.bands import Band
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.scope import record_is_visible
from duban.platform.ui.components import Attachment as AttachmentView
from duban.platform.ui.components import Photo

SALT = "duban.files"


@dataclass(frozen=True)
class FileReference:
    """A file as a part of one record: the scope of the record is the scope of the file. Copies of it show the `band`."""

    target_type: str
    target_id: int
    sha256: str
    name: str
    band: Band | None = None


def attachments_of(target: models.Model) -> "models.QuerySet[Attachment]":
    """What hangs on a record the caller has already been allowed to see, oldest first."""
    return (
        Attachment.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)
        .select_related("file")
        .order_by("id")
    )


def attachments_of_many(model: type[models.Model], keys: list[int]) -> dict[int, list[Attachment]]:
    """The same for many records of one kind, with one query."""
    found: dict[int, list[Attachment]] = {key: [] for key in keys}
    rows = (
        Attachment.objects.filter(target_type=model._meta.label_lower, target_id__in=keys).select_related("file").order_by("id")
    )
    for row in rows:
        found[row.target_id].append(row)
    return found


def file_url(target: models.Model, file: StoredFile, *, name: str = "", variant: str = "", band: Band | None = None) -> str:
    """Address of a file of a record; `variant` is `""` for the original, `display` or `thumb` for pictures, with a `band`.

    The reference is signed, so it shows no key and proves that we joined file and record; whoever opens it must still
    see the record.
    """
    edge = [band.when, band.where] if band else []
    return _address([target._meta.label_lower, target.pk, file.sha256, name, *edge], variant)


def attachment_url(attachment: Attachment, *, variant: str = "") -> str:
    """Address of an attachment; needs its `file` loaded."""
    return _address([attachment.target_type, attachment.target_id, attachment.file.sha256, attachment.name], variant)


def attachment_views(attachments: list[Attachment]) -> tuple[AttachmentView, ...]:
    """Attachments as the interface shows them: name, address, size."""
    return tuple(AttachmentView(item.name, attachment_url(item), readable_size(item.file.size)) for item in attachments)


def photos_of(
    target: models.Model, files: Iterable[StoredFile], *, caption: str = "", bands: Mapping[str, Band] | None = None
) -> list[Photo]:
    """Pictures of a record for the photo strip; `bands` by hash stand on the edge of their copies."""
    found = [(file, (bands or {}).get(file.sha256)) for file in files if file.is_image]
    return [
        Photo(file_url(target, file, variant="thumb", band=band), file_url(target, file, variant="display", band=band), caption)
        for file, band in found
    ]


def readable_size(size: int) -> str:
    """Bytes as `820 KB` or `2.4 MB`."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(round(size / 1024), 1)} KB"


def resolve_reference(actor: Actor, reference: str) -> tuple[StoredFile, FileReference]:
    """The file behind a signed reference, if the actor sees the record it belongs to; `NotFound` otherwise."""
    try:
        target_type, target_id, sha256, name, *edge = signing.Signer(salt=SALT).unsign_object(reference)
    except signing.BadSignature as error:
        raise NotFound from error
    file = StoredFile.objects.filter(sha256=sha256).first()
    if file is None or not record_is_visible(actor, target_type, target_id):
        raise NotFound
    return file, FileReference(target_type, target_id, sha256, name, Band(*edge) if edge else None)


def _address(parts: list[object], variant: str) -> str:
    reference = signing.Signer(salt=SALT).sign_object(parts)
    return reverse("files:show", args=[reference, variant]) if variant else reverse("files:show", args=[reference])
