"""Slots for the pages: the coverage grid, the list, one slot with its decision trace."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from duban.attendance.domain.slots import Ground, trace_of
from duban.attendance.models import Slot
from duban.attendance.permissions import Code
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from duban.kernel.trace import Step
from duban.platform.audit.selectors import timeline_of
from duban.platform.ui.components import TimelineEntry

KEY_DIGITS = 18
WITH_PATHS = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit", "post")


@dataclass(frozen=True)
class CoverageRow:
    """One post and shift over a month: the slot of each day, or nothing where none was planned."""

    post: str
    post_code: str
    shift: str
    slots: tuple[Slot | None, ...]


@dataclass(frozen=True)
class SlotPage:
    """One slot with the steps that led to its state and what happened to it."""

    slot: Slot
    steps: tuple[Step, ...]
    timeline: tuple[TimelineEntry, ...]


def slot_list(actor: Actor) -> "QuerySet[Slot]":
    """Slots the actor may see, with line, estate and post; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Slot.objects.for_actor(actor).select_related(*WITH_PATHS)


def slot_get(actor: Actor, code: str) -> Slot:
    """One slot by its code (`AS-17`), or `NotFound`."""
    number = code.removeprefix("AS-")
    is_key = number.isdecimal() and len(number) <= KEY_DIGITS
    slot = slot_list(actor).filter(pk=int(number)).first() if is_key else None
    if slot is None:
        raise NotFound
    return slot


def slot_page(slot: Slot) -> SlotPage:
    """What the page of a slot shows: one statement besides the slot."""
    return SlotPage(slot, trace_of(Ground(slot.ground)), tuple(timeline_of(slot)))


def line_choices(actor: Actor) -> list[ContractLine]:
    """Contract lines that have slots and that the actor sees, for choosing one."""
    lines = ContractLine.objects.for_actor(actor).filter(pk__in=Slot.objects.values("line_id"))
    return list(lines.select_related("estate", "contract__vendor").order_by("-service_line", "estate__name", "id"))


def coverage(actor: Actor, line: ContractLine, month: Period) -> tuple[CoverageRow, ...]:
    """Every post and shift of one line over a month, day by day: one statement."""
    rows: dict[tuple[str, str, str], dict[date, Slot]] = {}
    slots = slot_list(actor).filter(line=line, day__range=(month.start, month.end)).order_by("post__name", "shift", "day")
    for slot in slots:
        rows.setdefault((slot.post.name, slot.post.code, slot.shift), {})[slot.day] = slot
    return tuple(
        CoverageRow(post, code, shift, tuple(by_day.get(day) for day in month.days))
        for (post, code, shift), by_day in rows.items()
    )


def review_count(actor: Actor) -> int:
    """How many slots wait for a decision."""
    return slot_list(actor).filter(state="review").count()


def slots_after(actor: Actor, code: str, start: date | None, end: date | None) -> "QuerySet[Slot]":
    """Slots recorded after the one with this code, oldest first, narrowed to days; for paging by key."""
    rows = slot_list(actor).order_by("id")
    number = code.removeprefix("AS-")
    if number.isdecimal() and len(number) <= KEY_DIGITS:
        rows = rows.filter(pk__gt=int(number))
    if start is not None:
        rows = rows.filter(day__gte=start)
    return rows if end is None else rows.filter(day__lte=end)
