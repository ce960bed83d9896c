"""The re-check: somebody other than the finder looks whether the fault is gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from duban.inspections.models import Finding
from duban.inspections.services.findings import move_finding
from duban.kernel.actor import Actor
from duban.platform.files.models import StoredFile
from duban.platform.files.services import attach, store_file
from duban.platform.files.sniffing import FileKind

RECHECK_NOTE = "recheck"
"""Marks an attachment of a finding as a picture of the re-check."""


@transaction.atomic
def finding_recheck(
    *,
    actor: Actor,
    finding: Finding,
    is_accepted: bool,
    note: str = "",
    at: datetime | None = None,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    files: Sequence[StoredFile] = (),
) -> Finding:
    """Close the finding, or reopen it with a reason, and keep the pictures of the re-check.

    Raises `NotAllowed` for the finder and for who may not check there, `WrongState`, `Invalid` where a reopening names
    no reason. Announces what `move_finding` does.
    """
    moved = move_finding(actor=actor, finding=finding, move="close" if is_accepted else "reopen", note=note, at=at)
    stored = [store_file(actor=actor, source=upload, kinds=(FileKind.IMAGE,)) for upload in uploads]
    for file in (*stored, *files):
        attach(actor=actor, target=moved, file=file, name=f"{file.sha256[:12]}.jpg", note=RECHECK_NOTE)
    return moved


@transaction.atomic
def findings_close(*, actor: Actor, findings: Sequence[Finding], note: str = "") -> int:
    """Accept the re-check of several findings at once, all or none; returns how many. Raises as `finding_recheck`."""
    for finding in sorted(findings, key=lambda row: row.pk):
        finding_recheck(actor=actor, finding=finding, is_accepted=True, note=note)
    return len(findings)
