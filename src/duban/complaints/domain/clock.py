"""The clock of a complaint: when an answer is due, what pausing does, whether the promise was broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from duban.kernel.calendar import WorkCalendar
from duban.kernel.errors import Invalid
from duban.kernel.text import mark


@dataclass(frozen=True)
class ReplyTime:
    """How long an answer may take: so many minutes by the wall clock, or so many working days. Exactly one is given."""

    minutes: int | None = None
    working_days: int | None = None

    def __post_init__(self) -> None:
        given = [value for value in (self.minutes, self.working_days) if value is not None]
        if len(given) != 1 or given[0] <= 0:
            raise Invalid(mark("A reply time is either a number of minutes or a number of working days."))


@dataclass(frozen=True)
class Pause:
    """A span in which the clock stands, because the owner must answer or grant access first."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class ClockFace:
    """What the clock shows at one moment.

    `share` is how much of the time allowed is used up (1 is all of it); `left` is negative once the promise is broken.
    """

    due_at: datetime
    left: timedelta
    share: float
    is_breached: bool
    is_paused: bool


def due_at(received_at: datetime, allowed: ReplyTime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> datetime:
    """When the answer is due.

    Minutes run day and night. Working days begin on the day after receipt and end with the last minute of the last day
    (民法典 §201, §203), given as the midnight after it. Each pause that begins before the deadline moves it back by
    its whole length; overlapping pauses count once, time before receipt not at all. A deadline by working days that a
    pause moved falls on the end of the working day it was moved into, or of the next one after a day off: days are not
    counted in parts. So a longer pause never brings a deadline forward.
    `received_at` is in local time. `UnknownYear` where the holidays of a needed year are not published.
    """
    base = _base(received_at, allowed, calendar)
    due = base
    for pause in _merged(received_at, pauses):
        if pause.start < due:
            due += pause.end - pause.start
    if allowed.working_days is None or due == base:
        return due
    last_day = (due - timedelta(microseconds=1)).date()
    return _midnight_after(due, calendar.next_working_day(last_day))


def face(
    received_at: datetime, due: datetime, *, now: datetime, replied_at: datetime | None = None, is_paused: bool = False
) -> ClockFace:
    """The clock at `now`, or stopped at the first reply. An answer at the very moment it is due is in time."""
    stopped = min(now, replied_at) if replied_at else now
    whole = (due - received_at).total_seconds()
    used = (stopped - received_at).total_seconds()
    share = used / whole if whole > 0 else float(stopped > due)
    return ClockFace(due, due - stopped, max(0.0, share), stopped > due, is_paused and replied_at is None)


def is_late(due: datetime | None, replied_at: datetime | None, now: datetime) -> bool:
    """Whether the own promise was broken; unknown due times break nothing."""
    return due is not None and (replied_at or now) > due


def _base(received_at: datetime, allowed: ReplyTime, calendar: WorkCalendar) -> datetime:
    if allowed.minutes is not None:
        return received_at + timedelta(minutes=allowed.minutes)
    return _midnight_after(received_at, calendar.add_working_days(received_at.date(), allowed.working_days or 0))


def _midnight_after(moment: datetime, day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=moment.tzinfo) + timedelta(days=1)


def _merged(received_at: datetime, pauses: Iterable[Pause]) -> list[Pause]:
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: (pause.start, pause.end)):
        start, end = max(pause.start, received_at), max(pause.end, received_at)
        if merged and start <= merged[-1].end:
            merged[-1] = Pause(merged[-1].start, max(merged[-1].end, end))
        elif end > start:
            merged.append(Pause(start, end))
    return merged
