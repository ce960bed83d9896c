"""Good finds: given by those who check, taken back with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.domain.events import PraiseGiven
from duban.inspections.models import Praise, line_paths
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.platform.files.models import StoredFile
from duban.platform.files.services import attach, attach_uploads
from duban.platform.files.sniffing import FileKind
from duban.platform.states import advance


@transaction.atomic
def praise_give(
    *,
    actor: Actor,
    line: ContractLine,
    text: str,
    day: date,
    place: Place | None = None,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    files: Sequence[StoredFile] = (),
) -> Praise:
    """Praise what was done on a contract line, with pictures.

    Raises `NotAllowed` without `inspections.edit` at the line, `Invalid` for an empty text, a day to come or outside the
    term, a place elsewhere. Announces `EvidenceChanged` and `PraiseGiven`.
    """
    actor.require_any(Code.EDIT, line_paths(line)[:2])
    problems = tuple(_problems(line, text, day, place))
    if problems:
        raise Invalid(errors=problems)
    praise = Praise(line=line, place=place, day=day, text=text.strip()[:300], given_by_id=actor.person_id)
    with audited(actor=actor, record=praise, action="create"):
        praise.save()
    attach_uploads(actor=actor, target=praise, uploads=uploads, kinds=(FileKind.IMAGE,))
    for file in files:
        attach(actor=actor, target=praise, file=file, name=f"{file.sha256[:12]}.jpg")
    announce(EvidenceChanged("inspections", ((line.pk, day),)))
    announce(PraiseGiven(praise.code))
    return praise


@transaction.atomic
def praise_take_back(*, actor: Actor, praise: Praise, note: str) -> Praise:
    """Take praise back, with a reason. Raises `WrongState`, `NotAllowed`, `Invalid`. Announces `EvidenceChanged`."""
    moved = advance(praise, "take_back", actor=actor, note=note)
    announce(EvidenceChanged("inspections", ((moved.line_id, moved.day),)))
    return moved


def _problems(line: ContractLine, text: str, day: date, place: Place | None) -> list[FieldError]:
    found = []
    if not text.strip():
        found.append(FieldError("text", mark("Please say what was done well.")))
    if not line.starts_on <= day <= line.ends_on:
        found.append(FieldError("day", mark("The day lies outside the term of the contract line.")))
    if day > timezone.localdate():
        found.append(FieldError("day", mark("A check cannot lie in the future.")))
    if place is not None and place.estate_id != line.estate_id:
        found.append(FieldError("place", mark("The place does not lie in the estate of the contract line.")))
    return found
