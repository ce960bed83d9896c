"""Following up on an audit: answers, judgement, proof that it worked, reminders."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.audits import REMIND_BEFORE
from duban.inspections.domain.events import AuditActionsDue, AuditFindingMoved
from duban.inspections.models import AuditFinding
from duban.inspections.permissions import can_run_audit, has_acted, require_outsider
from duban.inspections.selectors.audits import ANSWER, actions_due, stored_subject
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, NotFound
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.platform.files.services import attach, store_file
from duban.platform.states import advance

JUDGEMENTS = frozenset({"accept", "send_back", "verify", "not_effective", "reopen", "withdraw"})
BY_ANOTHER = frozenset({"verify", "not_effective"})
REMIND_EVERY = timedelta(days=7)


@transaction.atomic
def audit_finding_answer(
    *,
    actor: Actor,
    finding: AuditFinding,
    cause: str,
    correction: str,
    action: str,
    planned_on: date | None,
    uploads: "Sequence[UploadedFile[Any]]" = (),
) -> AuditFinding:
    """Answer a nonconformity: why it happened, what was put right at once, what keeps it from coming back, until when.

    Raises `NotAllowed` for whoever does not owe the answer, `WrongState`, `Invalid` naming what is missing. Announces
    `AuditFindingMoved`.
    """
    texts = {"cause": cause.strip(), "correction": correction.strip(), "action": action.strip()}
    problems = [FieldError(name, mark("Please fill this in.")) for name in ("cause", "action") if not texts[name]]
    if planned_on is None:
        problems.append(FieldError("planned_on", mark("Say by when the action will be done.")))
    if problems:
        raise Invalid(errors=tuple(problems))
    moved = advance(finding, "answer", actor=actor)
    with audited(actor=actor, record=moved, action="edit"):
        for name, text in texts.items():
            setattr(moved, name, text[:1000])
        moved.planned_on, moved.answered_at, moved.answered_by_id = planned_on, timezone.now(), actor.person_id
        moved.save()
    _attach(actor, moved, uploads)
    announce(AuditFindingMoved(moved.code, moved.state))
    return moved


@transaction.atomic
def audit_finding_move(
    *, actor: Actor, finding: AuditFinding, move: str, note: str = "", uploads: "Sequence[UploadedFile[Any]]" = ()
) -> AuditFinding:
    """Judge an answer, report an action as done, verify its effect, take a finding up again or cancel it.

    Whoever answered or reported it done does not verify it; nobody judges the own office or vendor. Taking up a finding
    of a closed audit opens that again. Raises `WrongState`, `NotAllowed`, `Invalid` without a reason, `NotFound` for moves
    of the system. Announces `AuditFindingMoved`.
    """
    if move not in JUDGEMENTS | {"complete"}:
        raise NotFound
    if move in JUDGEMENTS:
        _require_judge(actor, finding, move)
    moved = advance(finding, move, actor=actor, note=note)
    stamps = _stamps(move, actor, note.strip()[:1000], timezone.now())
    for name, value in stamps.items():
        setattr(moved, name, value)
    moved.save(update_fields=[*stamps, "changed_at"])
    _attach(actor, moved, uploads)
    if move == "reopen" and moved.audit.state == "closed":
        advance(moved.audit, "take_up", actor=system_actor(moved.audit_scope()))
    announce(AuditFindingMoved(moved.code, moved.state))
    return moved


def audit_actions_remind() -> int:
    """Tell those who owe actions that these are due within three days, or overdue, once a week each; for the clock."""
    today = timezone.localdate()
    with transaction.atomic():
        found = actions_due(today, today + REMIND_BEFORE, today - REMIND_EVERY)
        if found:
            AuditFinding.objects.filter(pk__in=[row.pk for row in found]).update(reminded_on=today)
            announce(AuditActionsDue(tuple(row.code for row in found)))
    return len(found)


def _require_judge(actor: Actor, finding: AuditFinding, move: str) -> None:
    if not can_run_audit(actor, finding.audit):
        raise NotAllowed
    require_outsider(actor, stored_subject(finding.audit))
    if move in BY_ANOTHER and has_acted(actor, finding):
        raise NotAllowed(mark("You answered this yourself. The effect is verified by somebody else."))


def _stamps(move: str, actor: Actor, note: str, now: datetime) -> dict[str, object]:
    verdict: dict[str, object] = {"verified_at": now, "verified_by_id": actor.person_id, "verified_note": note}
    empty: dict[str, object] = {"done_at": None, "done_by_id": None, "done_note": ""}
    stamps: dict[str, dict[str, object]] = {
        "complete": {"done_at": now, "done_by_id": actor.person_id, "done_note": note},
        "verify": verdict,
        "not_effective": {**empty, **verdict},
        "reopen": {**empty, "verified_at": None, "verified_by_id": None, "verified_note": ""},
    }
    return {**stamps.get(move, {}), "reminded_on": None}


def _attach(actor: Actor, finding: AuditFinding, uploads: "Sequence[UploadedFile[Any]]") -> None:
    for upload in uploads:
        file = store_file(actor=actor, source=upload)
        attach(actor=actor, target=finding, file=file, name=upload.name or file.sha256[:12], note=ANSWER)
