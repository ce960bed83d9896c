"""The post-coverage ledger of a contract line: its books, its grid, one day of a post, and the stored exceptions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.attendance.domain.ledger import Books, Counts, Flaw, Payroll, ledger_days
from duban.attendance.domain.rosters import Cell, Entry
from duban.attendance.domain.slots import Ground, Planned, SlotState
from duban.attendance.models import Assignment, LedgerFinding, PayrollEntry, PayrollProof, Punch, Slot
from duban.attendance.permissions import Code
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.estates.selectors.records import posts_at
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.occurrence import Occurrence, Severity
from duban.kernel.period import Period
from duban.platform.records import get_by_code
from duban.vendors.models import InsuranceProof, Worker

DAY = timedelta(days=1)
CHUNK = 2000
AGREED_OFF = (Ground.GIVEN.value, Ground.DECIDED.value)
SEVERITIES = {Flaw.GHOST_STAFF: Severity.CRITICAL, Flaw.SHORT_SUPPLY: Severity.CRITICAL}
WITH_LINE = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit", "post", "worker")


@dataclass(frozen=True)
class Ledger:
    """One line's month: its posts in order, the counts by post and day, the books behind them, and people's names masked."""

    line: ContractLine
    month: Period
    posts: tuple[Post, ...]
    books: Books
    days: Mapping[tuple[int, date], Counts]
    names: Mapping[int, str]


@dataclass(frozen=True)
class LedgerShift:
    """One shift of a post on a day: who was to stand there, who checked in, and which of them are insured and paid."""

    shift: str
    rostered: str
    present: bool
    slot: Slot | None
    people: tuple[tuple[int, str], ...]


def lines_with_posts(actor: Actor) -> list[ContractLine]:
    """Contract lines whose estate has posts for their service, for choosing one."""
    actor.require(Code.VIEW)
    rows = ContractLine.objects.for_actor(actor).exclude(contract__state="draft")
    keys = set(Post.objects.filter(is_active=True).values_list("estate_id", "service_line"))
    lines = rows.select_related("estate__office", "contract__office", "contract__vendor__unit")
    ordered = lines.order_by("-service_line", "estate__name", "id")
    return [line for line in ordered if (line.estate_id, line.service_line) in keys]


def ledger_of(line: ContractLine, month: Period, *, today: date | None = None) -> Ledger:
    """The ledger of a line's month up to yesterday, for callers who may see the line: a dozen statements at most.

    A shift is contracted where the post has it and the line runs on that day; a slot that was handed in or decided as
    off takes it out, one that is off because nobody was rostered does not: that is short supply. Rosters count once published.
    """
    posts = tuple(posts_at([(line.estate_id, line.service_line)]).get((line.estate_id, line.service_line), ()))
    until = min(month.end, line.ends_on, (today or timezone.localdate()) - DAY)
    start = max(month.start, line.starts_on)
    slots = Slot.objects.filter(line=line, day__range=(start, until)).order_by()
    states = {(post, day, shift): (state, ground) for post, day, shift, state, ground in slots.values_list(*_SLOT)}
    hours = {
        cell: Decimal(time.hours)
        for post in posts
        for time in post.shifts
        for number in range((until - start).days + 1)
        if not _is_off(states.get(cell := (post.pk, start + number * DAY, time.shift)))
    }
    stays = _stays(line, start, until)
    payroll = _payroll(line, month)
    rostered = _rostered(posts, start, until, hours.keys())
    people = {stay.worker for stay in stays} | set(rostered.values()) | set(payroll.hours if payroll else ())
    books = Books(
        contracted=hours.keys(),
        until=until,
        rostered=rostered,
        present={cell for cell, (state, _ground) in states.items() if state == SlotState.PRESENT and cell in hours},
        stays=stays,
        insured=_insured(people, start, until),
        payroll=payroll,
        hours=hours,
    )
    return Ledger(line, month, posts, books, ledger_days(books), _names(people))


def ledger_day(actor: Actor, post_code: str, day: date) -> tuple[Ledger, Post, tuple[LedgerShift, ...]]:
    """One post on one day with the records behind its counts; `NotFound` where the actor sees no line that runs there."""
    actor.require(Code.VIEW)
    post = Post.objects.filter(code=post_code).first()
    rows = ContractLine.objects.for_actor(actor).exclude(contract__state="draft").filter(starts_on__lte=day, ends_on__gte=day)
    lines = rows.select_related("estate__office", "contract__office", "contract__vendor__unit").order_by("id")
    line = lines.filter(estate_id=post.estate_id, service_line=post.service_line).first() if post else None
    if post is None or line is None:
        raise NotFound
    ledger = ledger_of(line, Period.month_of(day))
    slots = {slot.shift: slot for slot in Slot.objects.filter(post=post, day=day)}
    return ledger, post, tuple(_shift(ledger, (post.pk, day, time.shift), slots.get(time.shift)) for time in post.shifts)


def findings_of(actor: Actor) -> QuerySet[LedgerFinding]:
    """Exceptions the actor may see, with line, post and person; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return LedgerFinding.objects.for_actor(actor).select_related(*WITH_LINE)


def finding_get(actor: Actor, code: str) -> LedgerFinding:
    """One exception of the actor's scope, or `NotFound`."""
    return get_by_code(findings_of(actor), code)


def findings_after(actor: Actor, after: str, start: date | None, end: date | None) -> QuerySet[LedgerFinding]:
    """Exceptions in the order in which they were found, from the one after code `after`, narrowed to days."""
    rows = findings_of(actor).order_by("id")
    if after:
        rows = rows.filter(pk__gt=finding_get(actor, after).pk)
    rows = rows.filter(day__gte=start) if start else rows
    return rows.filter(day__lte=end) if end else rows


def ledger_occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """Upheld exceptions, each of the kind of its flaw (`ghost_staff`, `short_supply`, …): one statement, by line and day."""
    rows = LedgerFinding.objects.filter(state="upheld", day__range=(start, end)).select_related("post")
    found = rows if lines is None else rows.filter(line_id__in=lines)
    for one in found.order_by("line_id", "day", "id").iterator(chunk_size=CHUNK):
        place = one.post.name if one.post else ""
        yield Occurrence(
            app="attendance",
            code=one.code,
            line_id=one.line_id,
            on=one.day,
            kind=one.flaw,
            key=one.shift,
            severity=SEVERITIES.get(Flaw(one.flaw), Severity.MAJOR).value,
            quantity=one.quantity,
            label=place or Flaw(one.flaw).label,
            place=place,
            measure=one.measure,
        )


def lines_to_examine(month: Period) -> list[ContractLine]:
    """Lines on which people checked in during a month or whose payroll is in."""
    seen = Punch.objects.filter(day__range=(month.start, month.end)).values("line")
    paid = PayrollProof.objects.filter(month=month.start).values("line")
    lines = ContractLine.objects.filter(Q(pk__in=seen) | Q(pk__in=paid)).order_by("id")
    return list(lines.select_related("estate__office", "contract__office", "contract__vendor__unit"))


_SLOT = ("post_id", "day", "shift", "state", "ground")


def _is_off(known: tuple[str, str] | None) -> bool:
    return known is not None and known[0] == SlotState.OFF and known[1] in AGREED_OFF


def _rostered(posts: Collection[Post], start: date, until: date, cells: Collection[Cell]) -> dict[Cell, int]:
    rows = Assignment.objects.filter(
        post__in=[post.pk for post in posts],
        day__range=(start, until),
        planned=Planned.WORK,
        roster__published_at__isnull=False,
        worker__isnull=False,
    )
    found = {(post, day, shift): who for post, day, shift, who in rows.order_by().values_list(*_CELL, "worker_id")}
    return {cell: who for cell, who in found.items() if cell in cells and who is not None}


_CELL = ("post_id", "day", "shift")


def _stays(line: ContractLine, start: date, until: date) -> list[Entry]:
    """Shifts that the line's people checked in for, here and elsewhere, a day before and after included."""
    own = Punch.objects.filter(line=line, day__range=(start, until), direction="in").values("worker")
    rows = Punch.objects.filter(worker__in=own, day__range=(start - DAY, until + DAY), direction="in")
    found = sorted(set(rows.order_by().values_list(*_CELL, "worker_id")))
    posts = Post.objects.in_bulk({post for post, *_rest in found})
    times = {(post.pk, time.shift): time for post in posts.values() for time in post.shifts}
    return [
        Entry((post, day, shift), posts[post].name, worker, time.starts_at(day), time.ends_at(day))
        for post, day, shift, worker in found
        if (time := times.get((post, shift))) is not None
    ]


def _insured(workers: Collection[int], start: date, until: date) -> dict[int, list[tuple[date, date]]]:
    rows = InsuranceProof.objects.filter(worker__in=workers, valid_from__lte=until, valid_until__gte=start)
    spans: dict[int, list[tuple[date, date]]] = {}
    for worker, first, last in rows.order_by("id").values_list("worker_id", "valid_from", "valid_until"):
        spans.setdefault(worker, []).append((first, last))
    return spans


def _payroll(line: ContractLine, month: Period) -> Payroll | None:
    proof = PayrollProof.objects.filter(line=line, month=month.start).first()
    if proof is None:
        return None
    return Payroll(dict(PayrollEntry.objects.filter(proof=proof).values_list("worker_id", "hours")), proof.billed_shifts)


def _names(workers: Collection[int]) -> dict[int, str]:
    return {worker.pk: f"{worker.masked} {worker.code}" for worker in Worker.objects.filter(pk__in=workers)}


def _shift(ledger: Ledger, cell: Cell, slot: Slot | None) -> LedgerShift:
    books = ledger.books
    people = sorted({stay.worker for stay in books.stays if stay.cell == cell})
    rostered = books.rostered.get(cell)
    return LedgerShift(
        cell[2],
        ledger.names[rostered] if rostered else "",
        cell in books.present,
        slot,
        tuple((worker, ledger.names[worker]) for worker in people),
    )
