"""The vendor answers a finding: why it happened, what was done, pictures of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from duban.inspections.models import Finding, FindingReply
from duban.inspections.permissions import Code
from duban.inspections.services.findings import move_finding
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.files.models import StoredFile
from duban.platform.files.services import attach, attach_uploads
from duban.platform.files.sniffing import FileKind

PICTURES = (FileKind.IMAGE,)


@transaction.atomic
def finding_reply(
    *,
    actor: Actor,
    finding: Finding,
    cause: str,
    action: str,
    at: datetime | None = None,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    files: Sequence[StoredFile] = (),
) -> FindingReply:
    """Keep the vendor's answer with its pictures and report the finding as rectified.

    `at` is when it was done, as far as it is known and not in the future. `uploads` come from a form, `files` are stored
    already (the phone's). Raises `NotAllowed`, `WrongState`, `Invalid` without cause or action or for a file that is no
    picture; then nothing is kept. Announces what `move_finding` does.
    """
    actor.require_any(Code.RECTIFY, finding.permission_paths())
    problems = [
        FieldError(name, mark("Please fill this in: the one who re-checks reads it."))
        for name, text in (("cause", cause), ("action", action))
        if not text.strip()
    ]
    if problems:
        raise Invalid(errors=tuple(problems))
    moved = move_finding(actor=actor, finding=finding, move="rectify", note=action, at=at)
    attach_uploads(actor=actor, target=moved, uploads=uploads, kinds=PICTURES)
    for file in files:
        attach(actor=actor, target=moved, file=file, name=f"{file.sha256[:12]}.jpg")
    return FindingReply.objects.create(
        finding=moved,
        cause=cause.strip()[:500],
        action=action.strip()[:500],
        at=moved.rectified_at or timezone.now(),
        person_id=actor.person_id,
        name=actor.name[:60],
    )
