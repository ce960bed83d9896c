"""Slots follow from published rosters and punches: decided again, set-based, whenever one of them changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.presence import Duty, Outcome, Punch, settle
from duban.attendance.domain.rows import SlotRow, SlotsRecorded
from duban.attendance.domain.slots import Planned, Shift
from duban.attendance.models import Assignment, Roster
from duban.attendance.models import Punch as StoredPunch
from duban.attendance.selectors.rules import rules_for
from duban.attendance.services.slots import write_slots
from duban.estates.models import Post
from duban.estates.selectors.records import posts_at
from duban.kernel.actor import Actor

CREW_BEFORE, CREW_AFTER = timedelta(days=31), timedelta(days=7)
SOURCE = "roster"
WEEK = timedelta(days=7)


@transaction.atomic
def slots_settle(
    *, actor: Actor, start: date, end: date, lines: Collection[int] | None = None, now: datetime | None = None
) -> SlotsRecorded:
    """Decide every slot of published rosters from `start` to `end` (of some lines, or all) whose shift has begun for good.

    A slot waits until its limit of lateness is over. A slot that a person decided keeps that decision; a second run changes
    nothing. Eight statements, however many slots. Announces `EvidenceChanged` for the days that really changed.
    """
    moment = now or timezone.now()
    rosters = Roster.objects.filter(state="published", week__gt=start - WEEK, week__lte=end).select_related("line")
    rosters = rosters if lines is None else rosters.filter(line_id__in=lines)
    sheets = list(rosters.order_by("line_id", "week"))
    if not sheets:
        return SlotsRecorded(0, 0, 0)
    posts = posts_at((roster.line.estate_id, roster.line.service_line) for roster in sheets)
    placed = _assigned(sheets, start, end)
    pairs = {(post.pk, roster.line_id): (post, roster.line_id) for roster in sheets for post in _posts(posts, roster)}
    rules = rules_for(pairs.values())
    duties: dict[tuple[int, date, str], tuple[Duty, int, int]] = {}
    for roster in sheets:
        for post in _posts(posts, roster):
            limit = timedelta(minutes=rules[post.pk].absent_after_minutes.number)
            for duty, hours in _duties(roster, post, placed):
                if start <= duty.day <= end and duty.starts_at + limit <= moment:
                    duties[duty.key] = (duty, roster.line_id, hours)
    outcomes = settle(
        [duty for duty, _line, _hours in duties.values()],
        _punches({post for post, _line in pairs}, start, end),
        crews=_crews({post for post, _line in pairs}, start, end),
        manned=_manned({roster.line.estate_id for roster in sheets}, start, end),
        rules=rules,
    )
    rows = [_row(duty, line, hours, outcomes[key], placed) for key, (duty, line, hours) in duties.items()]
    return write_slots(actor=actor, rows=rows, record=None) if rows else SlotsRecorded(0, 0, 0)


def _posts(posts: Mapping[tuple[int, str], list[Post]], roster: Roster) -> list[Post]:
    return posts.get((roster.line.estate_id, roster.line.service_line), [])


def _assigned(sheets: list[Roster], start: date, end: date) -> dict[tuple[int, date, str], Assignment]:
    rows = Assignment.objects.filter(roster__in=[roster.pk for roster in sheets], day__range=(start, end))
    return {(row.post_id, row.day, row.shift): row for row in rows.select_related("worker")}


def _duties(roster: Roster, post: Post, placed: Mapping[tuple[int, date, str], Assignment]) -> list[tuple[Duty, int]]:
    found = []
    line = roster.line
    for number in range(7):
        day = roster.week + timedelta(days=number)
        if not line.starts_on <= day <= line.ends_on:
            continue
        for shift in post.shifts:
            cell = placed.get((post.pk, day, shift.shift))
            starts = timezone.make_aware(shift.starts_at(day))
            planned = Planned(cell.planned) if cell else Planned.BLANK
            worker = cell.worker_id if cell else None
            found.append((Duty(post.estate_id, post.pk, day, Shift(shift.shift), starts, planned, worker), shift.hours))
    return found


def _punches(posts: Collection[int], start: date, end: date) -> list[Punch]:
    rows = StoredPunch.objects.filter(post_id__in=posts, day__range=(start, end))
    fields = ("worker_id", "worker__name", "post_id", "day", "shift", "direction", "at", "verdict")
    return [
        Punch(worker, name, post, day, Shift(shift), direction == "in", at, verdict != "taken")
        for worker, name, post, day, shift, direction, at, verdict in rows.values_list(*fields)
    ]


def _crews(posts: Collection[int], start: date, end: date) -> dict[int, set[int]]:
    """Each post's own staff: whoever stood on its published rosters from a month before to a week after."""
    rows = Assignment.objects.filter(
        post_id__in=posts,
        day__range=(start - CREW_BEFORE, end + CREW_AFTER),
        worker__isnull=False,
        roster__state="published",
    )
    crews: dict[int, set[int]] = {}
    for post, worker in rows.order_by().values_list("post_id", "worker_id").distinct():
        crews.setdefault(post, set()).add(worker)
    return crews


def _manned(estates: Collection[int], start: date, end: date) -> set[tuple[int, date]]:
    rows = StoredPunch.objects.filter(line__estate_id__in=estates, day__range=(start, end)).order_by()
    return set(rows.values_list("line__estate_id", "day").distinct())


def _row(duty: Duty, line: int, hours: int, outcome: Outcome, placed: Mapping[tuple[int, date, str], Assignment]) -> SlotRow:
    cell = placed.get(duty.key)
    return SlotRow(
        line_id=line,
        post_id=duty.post,
        day=duty.day,
        shift=duty.shift,
        state=outcome.state,
        ground=outcome.ground,
        planned_hours=Decimal(hours),
        rostered_name=cell.worker.name if cell and cell.worker else "",
        actual_name=outcome.name,
        checkin_at=outcome.checkin_at,
        checkout_at=outcome.checkout_at,
        late_minutes=outcome.late_minutes,
        source=SOURCE,
    )
