"""By when a finding must be put right, and whether it is a repeat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duban.inspections.domain.limits import Limit, Unit
from duban.kernel.calendar import UnknownYear, WorkCalendar

REPEAT_DAYS = 90
"""Span within which the same item failing at the same place is a repeat (整改复发率, KPI dictionary)."""

Fault = tuple[int, int, int | None]
"""What is the same fault: contract line, item and place."""


@dataclass(frozen=True)
class Due:
    """The moment by which a finding must be put right and its day; both empty where the calendar does not reach."""

    at: datetime | None
    on: date | None


def due_after(found_at: datetime, limit: Limit, calendar: WorkCalendar) -> Due:
    """The end of the time allowed, counted from the moment of finding in its own time zone.

    Hours run through, day and night. Of working days the day of finding is not counted (民法典 §201) and the last one
    ends when business does (§203). Where the holidays of a needed year are not published, nothing is guessed.
    """
    if limit.unit is Unit.HOURS:
        # Hours are added on the clock of the world, so that a change of time zone rules in between costs nobody an hour.
        at = datetime.fromtimestamp(found_at.timestamp() + limit.amount * 3600, tz=found_at.tzinfo)
        return Due(at, at.date())
    try:
        day = calendar.add_working_days(found_at.date(), limit.amount)
    except UnknownYear:
        return Due(None, None)
    return Due(datetime.combine(day, limit.ends_at, tzinfo=found_at.tzinfo), day)


def is_late(due: date | None, rectified_on: date | None, today: date) -> bool:
    """Whether the time ran out: rectified after the due day, or not at all and the due day is over."""
    return due is not None and (rectified_on or today) > due


def repeat_numbers(found: Iterable[tuple[int, Fault, date]]) -> Mapping[int, int]:
    """Key of each finding → the how-manieth time it is that its fault was found within 90 days, itself counted.

    What is found twice on one day is found once: only earlier days count.
    """
    days: dict[Fault, list[tuple[date, int]]] = {}
    for key, fault, day in found:
        days.setdefault(fault, []).append((day, key))
    numbers: dict[int, int] = {}
    for rows in days.values():
        ordered = sorted(rows)
        first = 0
        for position, (day, key) in enumerate(ordered):
            while ordered[first][0] < day - timedelta(days=REPEAT_DAYS):
                first += 1
            earlier = {other for other, _ in ordered[first:position] if other < day}
            numbers[key] = len(earlier) + 1
    return numbers
