"""Rosters and check-ins of the demo: October as its time clocks kept it, this month up to this moment, the week to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.slots import Planned
from duban.attendance.models import Assignment, Punch, Roster, Slot
from duban.attendance.services.rosters import roster_fill, roster_open, roster_publish, roster_reopen
from duban.attendance.services.settling import slots_settle
from duban.attendance.services.swaps import swap_propose
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor, system_actor
from duban.orgs.selectors import actor_for_person
from duban.platform.imports.statements import insert_rows
from duban.project.demo.clock import at
from duban.project.demo.company import LAST_DAY
from duban.project.demo.crews import CAPTAIN_ESTATE, CAPTAIN_VENDOR, Crew, build_crews, lapsed_crew
from duban.project.demo.registers import World
from duban.project.demo.shifts import Duty, Told, clocked, planned_duty, played

SEED = 20261126
DAY, WEEK = timedelta(days=1), timedelta(days=7)
OCTOBER = date(2026, 10, 1)
MANAGERS = {"洁达环境": "jieda", "安盾保安": "andun", "澄净清洁": "chengjing"}
"""Vendors whose manager has an account: the rosters of this week and the next are made by hand, with their trail."""
DRAFTED_DAYS = 3
SWAP_REASON = "家里有事，两人已商量好"


@dataclass(frozen=True)
class Book:
    """What the shifts are told from."""

    world: World
    random: Random
    crews: tuple[Crew, ...]
    told: Told
    today: date

    @property
    def start(self) -> date:
        """The first day after the time clocks that is told: this month's first, or the first after October."""
        return max(self.today.replace(day=1), LAST_DAY + DAY)

    @property
    def monday(self) -> date:
        """Of this week."""
        return self.today - timedelta(days=self.today.weekday())


def man_posts(world: World) -> int:
    """Tell rosters and check-ins once; returns how many check-ins there are."""
    if not Roster.objects.exists():
        with transaction.atomic():
            book = _book(world)
            _tell_october(book)
            if book.today > LAST_DAY:
                _tell_month(book)
                _make_weeks(book)
                _swap(book)
    return Punch.objects.count()


def _book(world: World) -> Book:
    random, now = Random(SEED), timezone.now()
    today = timezone.localdate(now)
    crews = tuple(build_crews(world, random, today))
    neighbours: dict[int, list[Crew]] = {}
    for crew in crews:
        neighbours.setdefault(crew.line.pk, []).append(crew)
    return Book(world, random, crews, Told(now, lapsed_crew(crews), neighbours), today)


def _tell_october(book: Book) -> None:
    """Rosters and punches that lie behind the slots of the time clocks."""
    by_post = {crew.post.pk: crew for crew in book.crews}
    slots = list(Slot.objects.filter(post__in=by_post, day__range=(OCTOBER, LAST_DAY)).order_by("day", "post_id"))
    crews = [(slot, by_post[slot.post_id]) for slot in slots]
    _roster([Duty(crew, slot.day, Planned.WORK, crew.on(slot.day)) for slot, crew in crews])
    punches = []
    for slot, crew in crews:
        others = [other for other in book.told.neighbours[crew.line.pk] if other is not crew]
        punches += list(clocked(slot, crew, others))
    insert_rows(Punch, punches)
    Slot.objects.bulk_update(slots, ["actual_name"], batch_size=500)


def _tell_month(book: Book) -> None:
    """The running month: rosters that are published, everybody who came until now, and the slots that follow."""
    by_hand = {crew.line.pk for crew in book.crews if crew.vendor in MANAGERS}
    duties = list(_duties(book, book.start, book.monday + 2 * WEEK))
    _roster([duty for duty in duties if duty.day < book.monday or duty.crew.line.pk not in by_hand])
    yesterday_and_before = [duty for duty in duties if duty.day <= book.today]
    punches: list[dict[str, Any]] = [row for duty in yesterday_and_before for row in played(book.random, duty, book.told)]
    insert_rows(Punch, punches)


def _duties(book: Book, start: date, end: date) -> Iterator[Duty]:
    """Every cell from one day up to another, in order of day."""
    for number in range((end - start).days):
        day = start + number * DAY
        for crew in book.crews:
            term = crew.line.performed_term
            if term is not None and term.starts_on <= day <= term.ends_on:
                yield planned_duty(crew, day, book.told)


def _roster(duties: Sequence[Duty]) -> None:
    """Published rosters with these cells, in bulk."""
    weeks = sorted({(duty.crew.line.pk, duty.day - timedelta(days=duty.day.weekday())) for duty in duties})
    published = {week: timezone.now() for _line, week in weeks}
    for week in published:
        with at(_released(week), 17):
            published[week] = timezone.now()
    there = set(Roster.objects.values_list("line_id", "week"))
    insert_rows(
        Roster,
        [
            {"line_id": line, "week": week, "state": "published", "published_at": published[week]}
            for line, week in weeks
            if (line, week) not in there
        ],
    )
    keys = {(line, week): pk for line, week, pk in Roster.objects.order_by().values_list("line_id", "week", "pk")}
    insert_rows(Assignment, [_cell(duty, keys) for duty in duties])


def _cell(duty: Duty, keys: dict[tuple[int, date], int]) -> dict[str, Any]:
    week = duty.day - timedelta(days=duty.day.weekday())
    return {
        "roster_id": keys[duty.crew.line.pk, week],
        "post_id": duty.crew.post.pk,
        "day": duty.day,
        "shift": duty.crew.post.shifts[0].shift,
        "planned": duty.planned.value,
        "worker_id": duty.worker.pk if duty.worker else None,
    }


def _make_weeks(book: Book) -> None:
    """This week and the next as the managers made them; the next one of 翠湖花园 is a draft that somebody has to finish."""
    by_line: dict[int, list[Duty]] = {}
    for duty in _duties(book, book.monday, book.monday + 2 * WEEK):
        if duty.crew.vendor in MANAGERS:
            by_line.setdefault(duty.crew.line.pk, []).append(duty)
    for duties in by_line.values():
        crew = duties[0].crew
        actor = actor_for_person(book.world.people[MANAGERS[crew.vendor]])
        is_drafted = (crew.vendor, crew.estate) == (CAPTAIN_VENDOR, CAPTAIN_ESTATE)
        _make_week(actor, crew.line, [duty for duty in duties if duty.day < book.monday + WEEK], book.monday)
        coming = [duty for duty in duties if duty.day >= book.monday + WEEK]
        if is_drafted:
            coming = [duty for duty in coming if duty.day < book.monday + WEEK + DRAFTED_DAYS * DAY]
        _make_week(actor, crew.line, coming, book.monday + WEEK, is_drafted=is_drafted)
    slots_settle(actor=system_actor("/"), start=book.start, end=book.today)


def _released(week: date) -> date:
    """The Friday before; whoever looks earlier in the week finds it released the day before already."""
    return min(week - 3 * DAY, timezone.localdate() - DAY)


def _make_week(actor: Actor, line: ContractLine, duties: Sequence[Duty], week: date, *, is_drafted: bool = False) -> None:
    if not duties:
        return
    with at(_released(week), 16):
        roster = roster_open(actor=actor, line=line, day=duties[0].day)
        if roster.state == "published":
            roster = roster_reopen(actor=actor, roster=roster)
        cells = {
            (duty.crew.post.pk, duty.day, duty.crew.post.shifts[0].shift): (
                duty.planned,
                duty.worker.pk if duty.worker else None,
            )
            for duty in duties
        }
        roster_fill(actor=actor, roster=roster, cells=cells)
        if not is_drafted:
            roster_publish(actor=actor, roster=roster)


def _swap(book: Book) -> None:
    """Two guards of 翠湖花园 want to change places tomorrow; their manager has not answered."""
    rows = Assignment.objects.filter(
        roster__line__contract__vendor__short_name=CAPTAIN_VENDOR,
        roster__line__estate__short_name=CAPTAIN_ESTATE,
        day__gt=book.today,
        roster__state="published",
        planned=Planned.WORK,
        post__required_credentials=[],
    )
    found = list(rows.select_related("roster__line__contract__vendor__unit", "post").order_by("day", "post_id")[:2])
    if len(found) == 2:
        actor = actor_for_person(book.world.people[MANAGERS[CAPTAIN_VENDOR]])
        swap_propose(actor=actor, assignment=found[0], other=found[1], reason=SWAP_REASON)
