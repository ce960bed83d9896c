"""Opening and closing periods."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, Channel, system_actor
from duban.kernel.errors import WrongState
from duban.kernel.period import Period as Span
from duban.kernel.period import PeriodKind
from duban.kernel.text import mark
from duban.orgs.models import Person, Unit
from duban.orgs.selectors import actor_for_person, tenant_roots
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.states import advance
from duban.scorecards.domain.events import PeriodClosed
from duban.scorecards.models import Card, Period
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.scoring import bound_lines, lines_to_score
from duban.scorecards.services.facts import refresh_facts
from duban.scorecards.services.scoring import ChunkReport, Version, score_lines

CHUNK = 200
MONTHS_BACK = 12

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class CloseReport:
    """What closing a period did. Codes of cards; `late` are published cards whose evidence changed afterwards."""

    period: str
    refreshed_lines: int
    created: tuple[str, ...]
    updated: tuple[str, ...]
    late: tuple[str, ...]
    held: tuple[str, ...]
    unchanged: int
    is_closed: bool

    @property
    def has_changes(self) -> bool:
        """Whether anything differs from before."""
        return bool(self.created or self.updated or self.late)


@transaction.atomic
def periods_open(*, actor: Actor, tenant: Unit, today: date, months_back: int = MONTHS_BACK) -> list[Period]:
    """Open the months and quarters up to `today` that are not there yet; returns the new ones. Safe to repeat."""
    spans = _spans(today, months_back)
    known = set(Period.objects.filter(tenant=tenant).values_list("key", flat=True))
    new = [
        Period(tenant=tenant, kind=span.kind.value, key=span.code, starts_on=span.start, ends_on=span.end)
        for span in spans
        if span.code not in known
    ]
    assign_codes(new, on=today)
    Period.objects.bulk_create(new)
    if new:
        write_entry(actor=actor, record=new[0], action="open", changes={"periods": [None, [period.key for period in new]]})
    return new


def periods_open_everywhere(*, today: date | None = None) -> int:
    """The clock's part: open what is due for every tenant. Returns how many periods were opened."""
    day = today or timezone.localdate()
    roots = tenant_roots()
    return sum(len(periods_open(actor=system_actor(root.path), tenant=root, today=day)) for root in roots)


def period_close(*, actor: Actor, period: Period, progress: Progress | None = None) -> CloseReport:
    """Refresh what changed and score what is due; a period that has ended becomes closed. Closing again is welcome.

    Drafts are created or updated, everything published stays and is flagged if its evidence changed. Nothing changes
    when no evidence did. Not one transaction: every chunk commits by itself, so a killed close is continued by the
    next one and ends with the same cards. Raises `NotAllowed`, `WrongState` for a period that has not begun.
    Announces `PeriodClosed`.
    """
    actor.require(Right.CLOSE)
    if period.starts_on > timezone.localdate():
        raise WrongState(mark("{period} has not begun yet."), period=period.key)
    report = progress or (lambda _stage, _done, _total: None)
    refreshed = refresh_facts(
        actor=actor, start=period.starts_on, end=period.ends_on, progress=lambda done, total: report("facts", done, total)
    )
    total = ChunkReport()
    versions: dict[int, Version] = {}
    due = lines_to_score(actor, period)
    for position in range(0, len(due), CHUNK):
        part = score_lines(actor=actor, period=period, lines=due[position : position + CHUNK], versions=versions)
        _add(total, part)
        report("cards", min(position + CHUNK, len(due)), len(due))
    return _conclude(actor, period, refreshed, total)


def period_close_for(*, period_id: int, person_id: int) -> CloseReport:
    """Close a period by a job, with the rights its person has now. Raises as `period_close` does."""
    period = Period.objects.select_related("tenant").get(pk=period_id)
    actor = actor_for_person(Person.objects.get(pk=person_id), channel=Channel.JOB)
    return period_close(actor=actor, period=period)


def _conclude(actor: Actor, period: Period, refreshed: int, total: ChunkReport) -> CloseReport:
    with transaction.atomic():
        whole = system_actor(period.tenant.path, channel=Channel.JOB)
        cards = Card.objects.filter(period=period, is_current=True).count()
        is_over = period.ends_on < timezone.localdate()
        if period.state == "open" and is_over and cards and cards >= bound_lines(whole, period).count():
            Period.objects.filter(pk=period.pk).update(closed_at=timezone.now())
            advance(period, "close", actor=actor if actor.can(Right.CLOSE, period.tenant.path) else whole)
        changed = (*total.created, *total.updated)
        if changed:
            announce(PeriodClosed(tenant_path=period.tenant.path, period=period.key, changed_cards=changed))
    return CloseReport(
        period=period.key,
        refreshed_lines=refreshed,
        created=tuple(total.created),
        updated=tuple(total.updated),
        late=tuple(total.late),
        held=tuple(total.held),
        unchanged=total.unchanged,
        is_closed=period.state == "closed",
    )


def _add(total: ChunkReport, part: ChunkReport) -> None:
    total.created += part.created
    total.updated += part.updated
    total.late += part.late
    total.held += part.held
    total.unchanged += part.unchanged


def _spans(today: date, months_back: int) -> list[Span]:
    month = Span.month_of(today)
    spans = [month]
    for _ in range(months_back):
        month = month.previous()
        spans.append(month)
    quarters = {Span.quarter_of(span.start) for span in spans}
    ended = [quarter for quarter in quarters if quarter.kind is PeriodKind.QUARTER and quarter.start >= spans[-1].start]
    return sorted([*spans, *ended])
