"""What attendance does when it changes whether a check-in or a scanned point counts."""

from collections.abc import Collection, Mapping

from django.db import transaction

from duban.attendance.domain.fences import Verdict
from duban.attendance.models import PatrolRound, Punch
from duban.attendance.selectors.trust import SCAN
from duban.attendance.services.patrols import rounds_judge
from duban.attendance.services.settling import slots_settle
from duban.kernel.actor import system_actor
from duban.platform.trust.domain.events import TrustSettled

PUNCH = "attendance.punch"
LOW_TRUST = "low_trust"
REMARKS = {"no_circle"}
"""Reasons that say something and doubt nothing."""


@transaction.atomic
def follow_trust(event: TrustSettled) -> None:
    """Let punches and scanned points count, or not, as their records do; safe to repeat.

    A punch that was let count is taken, one that was not is held as an exception; one that is an exception for other
    reasons too stays one. Slots are decided and rounds judged again. Announces what `slots_settle`, `rounds_judge` do.
    """
    if event.kind == PUNCH:
        _follow_punches({int(record.removeprefix("PU-")): score for _, record, score, _ in event.changes})
    elif event.kind == SCAN:
        _follow_scans({int(record.removeprefix("PR-")) for _, record, _, _ in event.changes})


def _follow_punches(counted: Mapping[int, bool]) -> None:
    punches = list(Punch.objects.filter(pk__in=counted).order_by("pk").select_for_update(of=("self",)))
    for punch in punches:
        others = [reason for reason in punch.reasons if reason != LOW_TRUST]
        punch.reasons = others if counted[punch.pk] else [*others, LOW_TRUST]
        punch.verdict = Verdict.EXCEPTION.value if set(punch.reasons) - REMARKS else Verdict.TAKEN.value
    Punch.objects.bulk_update(punches, ["reasons", "verdict"])
    if punches:
        days = [punch.day for punch in punches]
        lines = sorted({punch.line_id for punch in punches})
        slots_settle(actor=system_actor("/"), start=min(days), end=max(days), lines=lines)


def _follow_scans(rounds: Collection[int]) -> None:
    days = list(PatrolRound.objects.filter(pk__in=rounds).order_by("day").values_list("day", flat=True))
    if days:
        rounds_judge(actor=system_actor("/"), start=days[0], end=days[-1], keys=rounds)
