"""What a post asks for: its shifts, its geofence rule, its credentials, and how many people its hours need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from duban.estates.domain.staffing import Staffing, StaffingLevel, assess_post
from duban.kernel.states import Tone
from duban.kernel.text import mark

WEEKS_OF_MONTH = Decimal(730) / Decimal(168)
DAY_START, NIGHT_START = time(8), time(20)


class Fence(StrEnum):
    """What happens to a check-in outside the post's circle."""

    BLOCK = "block"
    EXCEPTION = "exception"
    IGNORE = "ignore"


FENCE_LABELS: Mapping[Fence, str] = {
    Fence.BLOCK: mark("Refuse the check-in"),
    Fence.EXCEPTION: mark("Take it and mark it as an exception"),
    Fence.IGNORE: mark("Do not look at the position"),
}


class Pattern(StrEnum):
    """How the hours of a post are cut into shifts: how many shifts of how many hours."""

    ONE_8 = "1x8"
    ONE_12 = "1x12"
    TWO_12 = "2x12"
    THREE_8 = "3x8"

    @property
    def hours(self) -> int:
        """Hours of one shift."""
        return int(self.value.partition("x")[2])

    @property
    def hours_per_day(self) -> int:
        """Hours of a day the post is manned."""
        return int(self.value.partition("x")[0]) * self.hours


PATTERN_LABELS: Mapping[Pattern, str] = {
    Pattern.ONE_8: mark("One shift of 8 hours"),
    Pattern.ONE_12: mark("One shift of 12 hours"),
    Pattern.TWO_12: mark("Two shifts of 12 hours (day and night)"),
    Pattern.THREE_8: mark("Three shifts of 8 hours (day, middle, night)"),
}

SHIFT_NAMES: Mapping[Pattern, tuple[str, ...]] = {
    Pattern.ONE_8: ("day",),
    Pattern.ONE_12: ("day",),
    Pattern.TWO_12: ("day", "night"),
    Pattern.THREE_8: ("day", "middle", "night"),
}


class Requirement(StrEnum):
    """A credential that a post may ask of whoever stands on it (domain §1.8, §1.9)."""

    SECURITY_GUARD = "guard"
    FIRE_OPERATOR = "fire_operator"
    LIFT_OPERATOR = "lift_worker"
    ELECTRICIAN = "electrician"
    HEIGHT_WORK = "height_work"
    HEALTH = "health"


REQUIREMENT_LABELS: Mapping[Requirement, str] = {
    Requirement.SECURITY_GUARD: mark("Security guard certificate"),
    Requirement.FIRE_OPERATOR: mark("Fire-protection operator certificate"),
    Requirement.LIFT_OPERATOR: mark("Lift operator certificate"),
    Requirement.ELECTRICIAN: mark("Electrician's licence"),
    Requirement.HEIGHT_WORK: mark("Licence for work at height"),
    Requirement.HEALTH: mark("Health certificate"),
}


@dataclass(frozen=True)
class ShiftTime:
    """One shift of a post: when it begins, how long it lasts. A shift past midnight belongs to the day it begins."""

    shift: str
    starts: time
    hours: int

    def starts_at(self, day: date) -> datetime:
        """Local moment without zone at which the shift of `day` begins."""
        return datetime.combine(day, self.starts)

    def ends_at(self, day: date) -> datetime:
        """Local moment without zone at which the shift of `day` ends."""
        return self.starts_at(day) + timedelta(hours=self.hours)


def shifts_of(pattern: Pattern, *, is_night: bool, first_at: time | None = None) -> tuple[ShiftTime, ...]:
    """The shifts of a post one after the other, from `first_at` (08:00, or 20:00 for a night post, if not said)."""
    names = SHIFT_NAMES[pattern]
    alone = len(names) == 1 and is_night
    first = first_at or (NIGHT_START if alone else DAY_START)
    start = datetime.combine(date(2000, 1, 1), first)
    return tuple(
        ShiftTime("night" if alone else name, (start + timedelta(hours=number * pattern.hours)).time(), pattern.hours)
        for number, name in enumerate(names)
    )


def staffing_of(hours_per_week: Decimal, heads: Decimal, crew_size: Decimal) -> Staffing | None:
    """Whether the crew of a post can lawfully man its hours; `None` while no crew or no hours are entered.

    A post of 168 hours and one head is the post around the clock of domain §4.2 (730 hours a month).
    """
    hours = hours_per_week * heads * WEEKS_OF_MONTH
    if crew_size <= 0 or hours <= 0:
        return None
    return assess_post(crew_size, monthly_hours=hours)


STAFFING_LABELS: Mapping[StaffingLevel, str] = {
    StaffingLevel.UNLAWFUL: mark("Below the lawful floor"),
    StaffingLevel.ON_OVERTIME: mark("Rests on overtime"),
    StaffingLevel.SOUND: mark("Staffing sound"),
}
STAFFING_TONES: Mapping[StaffingLevel, Tone] = {
    StaffingLevel.UNLAWFUL: Tone.BAD,
    StaffingLevel.ON_OVERTIME: Tone.WARNING,
    StaffingLevel.SOUND: Tone.GOOD,
}
