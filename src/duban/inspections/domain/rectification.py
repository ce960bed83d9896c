"""By when a finding must be put right."""

from collections.abc import Mapping
from datetime import date

from duban.inspections.domain.verdicts import Grade
from duban.kernel.calendar import UnknownYear, WorkCalendar

WORKING_DAYS: Mapping[Grade, int] = {Grade.CRITICAL: 1, Grade.MAJOR: 3, Grade.MINOR: 5}
"""Working days by severity. Five stands for the week that T2 gives for rectification; the shorter ones are our default."""

REPEAT_DAYS = 90
"""Span within which the same item failing at the same place is a repeat (整改复发率, KPI dictionary)."""


def due_on(found_on: date, grade: Grade, calendar: WorkCalendar) -> date | None:
    """The last day of the time allowed: `WORKING_DAYS` after the day it was found, that day not counted (民法典 §201).

    `None` where a needed year's holidays are not published: an unknown day is shown as unknown, never guessed.
    """
    try:
        return calendar.add_working_days(found_on, WORKING_DAYS[grade])
    except UnknownYear:
        return None


def is_late(due: date | None, rectified_on: date | None, today: date) -> bool:
    """Whether the time ran out: rectified after the due day, or not at all and the due day is over."""
    return due is not None and (rectified_on or today) > due
