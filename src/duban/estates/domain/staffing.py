"""How many people a post around the clock needs, and below which number overtime breaks the law."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HOURS_OF_YEAR = Decimal(8760)
HOURS_OF_MONTH = Decimal(730)
HOURS_OF_DAY = Decimal(8)
PLACES = Decimal("0.01")


@dataclass(frozen=True)
class WorkingTime:
    """Statutory working time: standard hours of a month (20.67 days × 8) and the overtime allowed (劳动法 §41)."""

    standard_hours: Decimal = Decimal("165.36")
    overtime_limit: Decimal = Decimal(36)
    working_days: int = 248


class StaffingLevel(StrEnum):
    """How a post is staffed."""

    UNLAWFUL = "unlawful"
    ON_OVERTIME = "on_overtime"
    SOUND = "sound"


@dataclass(frozen=True)
class Staffing:
    """One post: hours a person works in a month (one place), overtime among them, the limits, and the level."""

    hours_per_person: Decimal
    overtime_hours: Decimal
    lawful_floor: Decimal
    sound_from: Decimal
    level: StaffingLevel


def post_coefficient(available_days: int, absence_rate: Decimal = Decimal(0), hours: Decimal = HOURS_OF_YEAR) -> Decimal:
    """People per post = hours covered in a year ÷ (days available × 8 × (1 − absence rate)), two places, half up."""
    return _rounded(_exact_coefficient(available_days, absence_rate, hours))


def lawful_floor(time: WorkingTime | None = None, monthly_hours: Decimal = HOURS_OF_MONTH) -> Decimal:
    """The fewest people a post can lawfully have: hours of the month ÷ (standard + allowed overtime); 3.63 around the clock."""
    return _rounded(_exact_floor(time or WorkingTime(), monthly_hours))


def assess_post(heads: Decimal, *, time: WorkingTime | None = None, monthly_hours: Decimal = HOURS_OF_MONTH) -> Staffing:
    """Judge the staffing of one post; `heads` must be positive.

    Below the lawful floor overtime passes its limit in every month; up to the coefficient without absence it rests on
    overtime; from there on it is sound. Limits are compared unrounded.
    """
    limits = time or WorkingTime()
    floor = _exact_floor(limits, monthly_hours)
    sound = _exact_coefficient(limits.working_days, Decimal(0), monthly_hours * 12)
    hours = monthly_hours / heads
    level = StaffingLevel.SOUND
    if heads < floor:
        level = StaffingLevel.UNLAWFUL
    elif heads < _rounded(sound):
        level = StaffingLevel.ON_OVERTIME
    return Staffing(
        hours_per_person=hours.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
        overtime_hours=max(Decimal(0), hours - limits.standard_hours).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
        lawful_floor=_rounded(floor),
        sound_from=_rounded(sound),
        level=level,
    )


def _exact_coefficient(available_days: int, absence_rate: Decimal, hours: Decimal) -> Decimal:
    return hours / (available_days * HOURS_OF_DAY * (1 - absence_rate))


def _exact_floor(time: WorkingTime, monthly_hours: Decimal) -> Decimal:
    return monthly_hours / (time.standard_hours + time.overtime_limit)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(PLACES, rounding=ROUND_HALF_UP)
