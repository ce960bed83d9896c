"""Climbing the ladder: findings that stay open too long are shown to people higher up."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.inspections.domain.escalation import TOP, Ladder, Standing, level_at, overdue_since
from duban.inspections.domain.events import FindingsEscalated
from duban.inspections.domain.limits import OVERDUE, REOPENED, Limits, ladder_hours
from duban.inspections.domain.states import UNSETTLED
from duban.inspections.models import Finding
from duban.inspections.selectors.limits import limits_of, line_facts
from duban.kernel.actor import system_actor
from duban.platform.audit.services import write_entries
from duban.platform.events import announce

BATCH = 500


def findings_escalate(*, now: datetime | None = None) -> int:
    """Raise every unsettled finding to the level its ladder has reached; for the clock. Returns how many rose.

    A level never sinks, so a repeated job changes nothing. One audit entry for each finding; announces
    `FindingsEscalated`, by which each level's people are told.
    """
    moment = now or timezone.now()
    keys = list(_candidates(moment).order_by("pk").values_list("pk", flat=True))
    return sum(_escalate(keys[start : start + BATCH], moment) for start in range(0, len(keys), BATCH))


@transaction.atomic
def _escalate(keys: Sequence[int], now: datetime) -> int:
    rows = list(_candidates(now).filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    limits = limits_of(line_facts({row.line_id for row in rows}))
    levels = {row.pk: _level(row, limits[row.line_id], now) for row in rows}
    risen = [row for row in rows if levels[row.pk] > row.escalation_level]
    changed = [(row, {"escalation_level": [row.escalation_level, levels[row.pk]]}) for row in risen]
    for row in risen:
        row.escalation_level, row.escalated_at = levels[row.pk], now
    Finding.objects.bulk_update(risen, ["escalation_level", "escalated_at"], batch_size=BATCH)
    by_tenant = defaultdict(list)
    for row, changes in changed:
        by_tenant[row.audit_scope()].append((row, changes))
    for tenant, entries in by_tenant.items():
        write_entries(actor=system_actor(tenant), changed=entries, action="escalate")
    if risen:
        announce(FindingsEscalated(tuple((row.code, row.escalation_level) for row in risen)))
    return len(risen)


def _candidates(now: datetime) -> "QuerySet[Finding]":
    """Unsettled findings that can still rise: overdue, or reopened at some time."""
    over = Q(due_at__lte=now) | Q(due_at__isnull=True, due_on__lt=timezone.localdate(now)) | Q(reopened_at__isnull=False)
    rows = Finding.objects.filter(over, state__in=UNSETTLED, escalation_level__lt=TOP)
    return rows.select_related("line__contract__office")


def _level(finding: Finding, limits: Limits, now: datetime) -> int:
    ladder = Ladder(ladder_hours(limits, OVERDUE), ladder_hours(limits, REOPENED))
    since = overdue_since(finding.due_at, finding.due_on, timezone.get_current_timezone())
    standing = Standing(since, finding.reopened_at, finding.reopened_count, finding.escalation_level)
    return level_at(standing, ladder, now)
