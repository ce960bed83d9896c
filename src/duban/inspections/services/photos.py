"""Photos of check results."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from duban.inspections.models import CheckPhoto, CheckResult, Finding
from duban.inspections.permissions import can_add_photos, can_correct
from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.platform.audit.services import write_entry
from duban.platform.files.services import attach_uploads, store_file
from duban.platform.files.sniffing import FileKind


@transaction.atomic
def add_photos(*, actor: Actor, result: CheckResult, uploads: "Sequence[UploadedFile[Any]]") -> int:
    """Store photos and hang them on a result; the same picture twice counts once. Returns how many are new.

    The original bytes are kept as evidence. Raises `NotAllowed` without `inspections.edit` at the line, `Invalid` for a
    file that is no picture.
    """
    if not can_correct(actor, result):
        raise NotAllowed
    files = {file.pk: file for file in (store_file(actor=actor, source=upload, kinds=(FileKind.IMAGE,)) for upload in uploads)}
    known = set(CheckPhoto.objects.filter(check_result=result, file__in=list(files)).values_list("file_id", flat=True))
    fresh = [file for pk, file in files.items() if pk not in known]
    now = timezone.now()
    CheckPhoto.objects.bulk_create([CheckPhoto(check_result=result, file=file, taken_at=now) for file in fresh])
    CheckResult.objects.filter(pk=result.pk).update(photo_count=F("photo_count") + len(fresh))
    if fresh:
        changes = {"photos": [None, [file.sha256 for file in fresh]]}
        write_entry(actor=actor, record=result, action="attach", changes=changes)
    return len(fresh)


def add_finding_photos(*, actor: Actor, finding: Finding, uploads: "Sequence[UploadedFile[Any]]") -> int:
    """Hang pictures of what was put right on a finding; returns how many.

    Raises `NotAllowed` for anybody who neither owes the work nor checks it, `Invalid` for a file that is no picture.
    """
    if not can_add_photos(actor, finding):
        raise NotAllowed
    return len(attach_uploads(actor=actor, target=finding, uploads=uploads, kinds=(FileKind.IMAGE,)))
