"""Notices follow their findings: answered once all are, settled once all are closed, asked again when one comes back."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils import timezone

from duban.inspections.domain.events import NoticeAnswered
from duban.inspections.domain.states import UNSETTLED
from duban.inspections.models import Finding, RectificationNotice
from duban.kernel.actor import system_actor
from duban.platform.events import announce
from duban.platform.states import advance_many

LIVE = ("sent", "answered", "settled")
OVER = ("closed", "withdrawn")


def follow_notices(*, findings: Sequence[Finding]) -> int:
    """Move the notices on which these findings stand to where they belong now; returns how many moved.

    The system moves them, inside the transaction of the one who moved the finding. Announces `NoticeAnswered`.
    """
    keys = RectificationNotice.objects.filter(state__in=LIVE, entries__finding__in=[finding.pk for finding in findings])
    waiting = Count("entries", filter=Q(entries__finding__state__in=UNSETTLED))
    running = Count("entries", filter=~Q(entries__finding__state__in=OVER))
    rows = RectificationNotice.objects.filter(pk__in=keys.values("pk")).annotate(waiting=waiting, running=running)
    moves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows.select_related("line__contract__office").order_by("pk"):
        move = _move(row.state, vars(row)["waiting"], vars(row)["running"])
        if move:
            moves[move, row.audit_scope()].append(row.pk)
    for (move, tenant), pks in moves.items():
        _advance(move, tenant, pks)
    return sum(len(pks) for pks in moves.values())


def _move(state: str, waiting: int, running: int) -> str:
    """The move that leads where the notice belongs, or none."""
    if running == 0:
        return "settle" if state != "settled" else ""
    if waiting:
        return "ask_again" if state != "sent" else ""
    return "answer" if state == "sent" else ""


def _advance(move: str, tenant_path: str, pks: list[int]) -> None:
    rows = RectificationNotice.objects.filter(pk__in=pks).select_related("line__contract__office")
    moved = advance_many(rows, move, actor=system_actor(tenant_path))
    if move == "answer":
        RectificationNotice.objects.filter(pk__in=pks).update(answered_at=timezone.now())
        for notice in moved:
            announce(NoticeAnswered(notice.code))
