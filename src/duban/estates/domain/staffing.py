"""How many people a post around the clock needs, and below which number overtime breaks the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from duban.kernel.text import mark
from duban.kernel.trace import Step

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
    weekdays: int = 261


class StaffingLevel(StrEnum):
    """How a post is staffed."""

    UNLAWFUL = "unlawful"
    ON_OVERTIME = "on_overtime"
    SOUND = "sound"


@dataclass(frozen=True)
class Staffing:
    """One post: hours a person works in a month (one place), overtime among them, the limits, the level.

    Below them what it was judged by, from which `steps_of` tells how each figure was found.
    """

    hours_per_person: Decimal
    overtime_hours: Decimal
    lawful_floor: Decimal
    sound_from: Decimal
    level: StaffingLevel
    heads: Decimal
    time: WorkingTime
    monthly_hours: Decimal


LABOUR_LAW = mark("Labour Law Art. 41")
LAWFUL_FLOOR = mark("Lawful floor")
LAWFUL_FLOOR_RULE = mark("{hours} h a month ÷ ({standard} h standard + {limit} h of overtime at most) = {floor} people")
WEEKENDS_FREE = mark("Free on weekends only")
WEEKENDS_FREE_RULE = mark("{hours} h × 12 ÷ ({weekdays} days × 8 h) = {middle} people; public holidays are worked")
HOLIDAYS_FREE = mark("Free on weekends and public holidays")
HOLIDAYS_FREE_RULE = mark("{hours} h × 12 ÷ ({days} days × 8 h) = {sound} people; nobody works overtime")
EACH_PERSON = mark("Hours of each person")
EACH_PERSON_RULE = mark("{hours} h ÷ {heads} people = {each} h a month, {overtime} h of them overtime")
COLOUR = mark("Colour")
COLOUR_RULES: Mapping[StaffingLevel, str] = {
    StaffingLevel.UNLAWFUL: mark("red: {heads} people are fewer than {floor}; overtime passes {limit} h in every month"),
    StaffingLevel.ON_OVERTIME: mark("amber: {heads} people are at least {floor}, fewer than {sound}; it rests on overtime"),
    StaffingLevel.SOUND: mark("green: {heads} people are at least {sound}"),
}


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
        heads=heads,
        time=limits,
        monthly_hours=monthly_hours,
    )


def steps_of(found: Staffing) -> tuple[Step, ...]:
    """How each figure was found and which rule gave the level.

    Fewest people first, as a reader asks: what is the least, what is enough, what is there, and so which colour.
    """
    limits = found.time
    every_weekday = _rounded(_exact_coefficient(limits.weekdays, Decimal(0), found.monthly_hours * 12))
    said = {
        "hours": _plain(found.monthly_hours),
        "standard": _plain(limits.standard_hours),
        "limit": _plain(limits.overtime_limit),
        "days": str(limits.working_days),
        "weekdays": str(limits.weekdays),
        "heads": _plain(found.heads),
        "each": _plain(found.hours_per_person),
        "overtime": _plain(found.overtime_hours),
        "floor": f"{found.lawful_floor:f}",
        "sound": f"{found.sound_from:f}",
        "middle": f"{every_weekday:f}",
    }
    return (
        _step(LAWFUL_FLOOR, LAWFUL_FLOOR_RULE, said["floor"], said, refs=(LABOUR_LAW,)),
        _step(WEEKENDS_FREE, WEEKENDS_FREE_RULE, said["middle"], said),
        _step(HOLIDAYS_FREE, HOLIDAYS_FREE_RULE, said["sound"], said),
        _step(EACH_PERSON, EACH_PERSON_RULE, said["each"], said),
        _step(COLOUR, COLOUR_RULES[found.level], found.level.value, said),
    )


def _step(label: str, rule: str, result: str, said: Mapping[str, str], refs: tuple[str, ...] = ()) -> Step:
    return Step(label, rule, result, {name: text for name, text in said.items() if f"{{{name}}}" in rule}, refs)


def _plain(number: Decimal) -> str:
    """Without zeros at the end: `730`, not `730.0`; hours of a month may come with many places."""
    return f"{_rounded(number).normalize():f}"


def _exact_coefficient(available_days: int, absence_rate: Decimal, hours: Decimal) -> Decimal:
    return hours / (available_days * HOURS_OF_DAY * (1 - absence_rate))


def _exact_floor(time: WorkingTime, monthly_hours: Decimal) -> Decimal:
    return monthly_hours / (time.standard_hours + time.overtime_limit)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(PLACES, rounding=ROUND_HALF_UP)
