"""Reading and verifying the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.platform.audit.models import AuditEntry, AuditHead
from duban.platform.audit.services import entry_hash
from duban.platform.audit.wording import timeline
from duban.platform.ui.components import TimelineEntry

HISTORY_LENGTH = 40
PAGE_SIZE = 50


@dataclass(frozen=True)
class ChainFault:
    """Where a chain is broken and how."""

    scope: str
    sequence: int
    problem: str


def history(record: models.Model) -> "models.QuerySet[AuditEntry]":
    """All entries about one record the caller has already been allowed to see, newest first."""
    return AuditEntry.objects.about(record)


def timeline_of(record: models.Model, *, length: int = HISTORY_LENGTH) -> list[TimelineEntry]:
    """The newest entries about one record, ready for the timeline component."""
    return timeline(history(record)[:length])


@dataclass(frozen=True)
class TrailFilter:
    """What the audit page is narrowed to; empty means everything. Days are local, both included."""

    person: str = ""
    action: str = ""
    code: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail, newest first; `older_than` is empty on the last."""

    entries: tuple[AuditEntry, ...]
    older_than: str = ""


def trail_page(actor: Actor, narrowed: TrailFilter, *, older_than: int | None = None) -> TrailPage:
    """The entries of the actor's tenant that fit, one page. Needs `platform.audit`; raises `NotAllowed`."""
    actor.require("platform.audit")
    found = AuditEntry.objects.for_actor(actor).order_by("-id")
    if older_than is not None:
        found = found.filter(pk__lt=older_than)
    rows = list(_narrow(found, narrowed)[: PAGE_SIZE + 1])
    is_last = len(rows) <= PAGE_SIZE
    return TrailPage(tuple(rows[:PAGE_SIZE]), "" if is_last else str(rows[PAGE_SIZE - 1].pk))


def _narrow(found: "models.QuerySet[AuditEntry]", narrowed: TrailFilter) -> "models.QuerySet[AuditEntry]":
    if narrowed.person:
        found = found.filter(actor_name__icontains=narrowed.person)
    if narrowed.action:
        found = found.filter(action=narrowed.action)
    if narrowed.code:
        found = found.filter(target_code__iexact=narrowed.code)
    if narrowed.from_on:
        found = found.filter(at__gte=_midnight(narrowed.from_on))
    if narrowed.until_on:
        found = found.filter(at__lte=_midnight(narrowed.until_on, time.max))
    return found


def _midnight(day: date, at: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def verify_chains() -> tuple[int, list[ChainFault]]:
    """Recompute every chain from its first entry: the number of entries read, and every fault found.

    Finds altered entries (hash), removed or inserted ones (order, previous hash) and a cut-off end (head).
    """
    faults: list[ChainFault] = []
    count = 0
    for head in AuditHead.objects.order_by("scope"):
        sequence, previous = 0, ""
        for entry in AuditEntry.objects.filter(scope=head.scope).order_by("sequence").iterator(chunk_size=2000):
            count += 1
            sequence += 1
            faults += _entry_faults(entry, sequence, previous)
            sequence, previous = entry.sequence, entry.hash
        if (sequence, previous) != (head.sequence, head.hash):
            faults.append(ChainFault(head.scope, sequence, "the end of the chain is missing or was replaced"))
    return count, faults


def _entry_faults(entry: AuditEntry, expected_sequence: int, previous: str) -> list[ChainFault]:
    problems = []
    if entry.sequence != expected_sequence:
        problems.append(f"entry {expected_sequence} is missing")
    if entry.previous_hash != previous:
        problems.append("does not continue the entry before it")
    if entry.hash != entry_hash(entry):
        problems.append("its content was altered")
    return [ChainFault(entry.scope, entry.sequence, problem) for problem in problems]
