"""Rectification notices: drawn up over findings, sent, cancelled."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.events import NoticeSent
from duban.inspections.domain.states import UNSETTLED
from duban.inspections.models import Finding, NoticeFinding, RectificationNotice
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.states import advance

RUNNING = ("draft", "sent", "answered")


@transaction.atomic
def notices_issue(
    *, actor: Actor, findings: Sequence[Finding], text: str = "", is_sent: bool = True
) -> list[RectificationNotice]:
    """Draw up one notice for each contract line over the chosen findings and send it, or keep it as draft.

    Raises `NotAllowed` without `inspections.edit` at each line, `Invalid` naming findings that are settled already or
    stand on a running notice. Announces `NoticeSent` for each.
    """
    by_line: dict[int, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda row: row.pk):
        actor.require_any(Code.EDIT, finding.permission_paths()[:2])
        by_line[finding.line_id].append(finding)
    problems = _problems(findings)
    if problems:
        raise Invalid(errors=problems)
    notices = [_notice(actor, rows, text) for _, rows in sorted(by_line.items())]
    assign_codes(notices)
    RectificationNotice.objects.bulk_create(notices)
    entries = [
        NoticeFinding(notice=notice, finding=finding, position=position)
        for notice in notices
        for position, finding in enumerate(by_line[notice.line_id], start=1)
    ]
    NoticeFinding.objects.bulk_create(entries)
    for notice in notices:
        codes = [finding.code for finding in by_line[notice.line_id]]
        write_entry(actor=actor, record=notice, action="create", changes={"findings": [None, codes]})
    return [notice_move(actor=actor, notice=notice, move="send") for notice in notices] if is_sent else notices


@transaction.atomic
def notice_move(*, actor: Actor, notice: RectificationNotice, move: str, note: str = "") -> RectificationNotice:
    """Send a draft, or cancel a notice with a reason; a cancelled notice's links open nothing any more.

    Raises `WrongState`, `NotAllowed`, `Invalid`, and `NotFound` for moves that only follow from findings. Announces
    `NoticeSent`.
    """
    if move not in {"send", "withdraw"}:
        raise NotFound
    moved = advance(notice, move, actor=actor, note=note)
    if move == "send":
        moved.sent_at = timezone.now()
        moved.save(update_fields=["sent_at", "changed_at"])
        announce(NoticeSent(moved.code))
    else:
        moved.links.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    return moved


def _notice(actor: Actor, findings: Sequence[Finding], text: str) -> RectificationNotice:
    due = [finding.due_at for finding in findings if finding.due_at is not None]
    return RectificationNotice(
        line_id=findings[0].line_id,
        text=text.strip()[:500],
        reply_by=max(due) if len(due) == len(findings) else None,
        issued_by_id=actor.person_id,
    )


def _problems(findings: Sequence[Finding]) -> tuple[FieldError, ...]:
    if not findings:
        return (FieldError("selected", mark("Choose at least one row.")),)
    keys = [finding.pk for finding in findings]
    running = NoticeFinding.objects.filter(finding__in=keys, notice__state__in=RUNNING).select_related("notice", "finding")
    settled = [
        FieldError("selected", mark("{code} needs no notice any more."), {"code": finding.code})
        for finding in findings
        if finding.state not in UNSETTLED
    ]
    message = mark("{code} already stands on notice {notice}.")
    taken = [
        FieldError("selected", message, {"code": entry.finding.code, "notice": entry.notice.code})
        for entry in running.order_by("finding__code")
    ]
    return (*settled, *taken)
