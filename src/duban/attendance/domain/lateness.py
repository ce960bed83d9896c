"""What a manned slot still owes (T17): minutes of lateness, and a check-in or check-out that was missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

LATE, MISSED_PUNCH = "late", "missed_punch"
MARKS = {LATE: "-L", MISSED_PUNCH: "-M"}
"""Ends the code of the slot, so that lateness and a missed punch of one slot are two facts with one piece of evidence."""
SETTLES_AFTER = timedelta(hours=24)
"""So long after the one punch the other may still come: the longest shift with its four hours of grace, and the hand-over."""


@dataclass(frozen=True)
class Lapse:
    """One lapse: its kind, and what it measures (minutes late, or one punch)."""

    kind: str
    measure: Decimal


def lapses(late_minutes: int, came_at: datetime | None, left_at: datetime | None, *, now: datetime) -> Iterator[Lapse]:
    """The lapses of one manned slot. Only manned slots have any: a vacant one is charged as vacant, never twice.

    Minutes within the grace of the post are stored as 0 and are no lapse. A punch counts as missed if the other one is there
    and a day has gone by; a slot without any punch was not measured by punches and owes none.
    """
    if late_minutes > 0:
        yield Lapse(LATE, Decimal(late_minutes))
    if came_at is not None and left_at is not None:
        return
    known = came_at or left_at
    if known is not None and known + SETTLES_AFTER <= now:
        yield Lapse(MISSED_PUNCH, Decimal(1))
