"""What an inspection plan may say: how often, how many places, and how far the phone's proof must reach."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from duban.inspections.domain.sampling import AQLS, DEFAULT_AQLS, DefectClass, Level
from duban.kernel.errors import FieldError
from duban.kernel.text import mark
from duban.kernel.trust import Floors, TrustGrade


class Frequency(StrEnum):
    """How a plan says how often."""

    CALENDAR = "calendar"
    TIMES = "times"
    RISK = "risk"


class Span(StrEnum):
    """The span that “times per period” counts in."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class SamplingMode(StrEnum):
    """Which of the places in scope a task covers."""

    ALL = "all"
    COUNT = "count"
    AQL = "aql"


class Trust(StrEnum):
    """The lowest trust grade of a record that still counts."""

    ANY = "any"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Below(StrEnum):
    """What becomes of a record below the grade that counts."""

    WAIT = "wait"
    DROP = "drop"


class TaskKind(StrEnum):
    """Why a task exists: its plan made it, somebody asked for it, or it re-inspects another one blindly."""

    PLAN = "plan"
    EXTRA = "extra"
    BLIND = "blind"


FREQUENCY_LABELS: Mapping[Frequency, str] = {
    Frequency.CALENDAR: mark("On fixed days"),
    Frequency.TIMES: mark("So many times a period"),
    Frequency.RISK: mark("By risk"),
}
SPAN_LABELS: Mapping[Span, str] = {
    Span.WEEK: mark("a week"),
    Span.MONTH: mark("a month"),
    Span.QUARTER: mark("a quarter"),
}
SAMPLING_LABELS: Mapping[SamplingMode, str] = {
    SamplingMode.ALL: mark("All places"),
    SamplingMode.COUNT: mark("A fixed number of places"),
    SamplingMode.AQL: mark("Acceptance sampling (GB/T 2828.1)"),
}
TRUST_LABELS: Mapping[Trust, str] = {
    Trust.ANY: mark("Every record"),
    Trust.LOW: mark("Trust grades A to C"),
    Trust.MEDIUM: mark("Trust grades A and B"),
    Trust.HIGH: mark("Trust grade A only"),
}
BELOW_LABELS: Mapping[Below, str] = {
    Below.WAIT: mark("They wait for a person to decide"),
    Below.DROP: mark("They do not count"),
}
WORST_COUNTED: Mapping[Trust, TrustGrade] = {
    Trust.ANY: TrustGrade.D,
    Trust.LOW: TrustGrade.C,
    Trust.MEDIUM: TrustGrade.B,
    Trust.HIGH: TrustGrade.A,
}
TASK_KIND_LABELS: Mapping[TaskKind, str] = {
    TaskKind.PLAN: mark("By plan"),
    TaskKind.EXTRA: mark("Extra round"),
    TaskKind.BLIND: mark("Blind re-inspection"),
}


@dataclass(frozen=True)
class PlanInput:
    """A plan as it is entered. Keys are database keys; the service checks that they belong together."""

    name: str
    service_line: str
    starts_on: date
    ends_on: date | None = None
    estate_ids: tuple[int, ...] = ()
    line_ids: tuple[int, ...] = ()
    place_kind: str = ""
    place_ids: tuple[int, ...] = ()
    checklist_id: int | None = None
    frequency: Frequency = Frequency.TIMES
    weekdays: tuple[int, ...] = ()
    every_weeks: int = 1
    month_days: tuple[int, ...] = ()
    times: int = 1
    span: Span = Span.WEEK
    times_min: int = 1
    times_max: int = 8
    season_months: tuple[int, ...] = ()
    window_days: int = 2
    window_from: time | None = None
    window_to: time | None = None
    sampling: SamplingMode = SamplingMode.ALL
    sample_count: int = 10
    level: Level = Level.II
    aql_major: Decimal = DEFAULT_AQLS[DefectClass.MAJOR]
    aql_minor: Decimal = DEFAULT_AQLS[DefectClass.MINOR]
    reduced_allowed: bool = False
    roles: tuple[str, ...] = ()
    is_announced: bool = True
    needs_checkin: bool = True
    gallery_allowed: bool = False
    signature_needed: bool = False
    score_trust: Trust = Trust.LOW
    money_trust: Trust = Trust.MEDIUM
    below_trust: Below = Below.WAIT


def floors_of(score: str, money: str, below: str) -> Floors:
    """What a plan lets count by itself, for the grades of trust."""
    return Floors(WORST_COUNTED[Trust(score)], WORST_COUNTED[Trust(money)], Below(below) is Below.DROP)


WEEKDAYS, MONTH_DAYS, MONTHS = range(1, 8), range(1, 32), range(1, 13)
MOST_TIMES, MOST_WINDOW, MOST_WEEKS, MOST_PLACES = 31, 60, 52, 2000


def plan_problems(plan: PlanInput) -> tuple[FieldError, ...]:
    """What is wrong with a plan as such: where, and how to mend it."""
    return (*_when(plan), *_often(plan), *_sampled(plan))


def _when(plan: PlanInput) -> Iterator[FieldError]:
    if not plan.name.strip():
        yield FieldError("name", mark("Give the plan a name."))
    if plan.ends_on is not None and plan.ends_on < plan.starts_on:
        yield FieldError("ends_on", mark("The plan would end before it starts."))
    if not 0 <= plan.window_days <= MOST_WINDOW:
        yield FieldError("window_days", mark("From 0 to {most} days."), {"most": MOST_WINDOW})
    if plan.window_from and plan.window_to and plan.window_from >= plan.window_to:
        yield FieldError("window_to", mark("The later time must come after the earlier one."))


def _often(plan: PlanInput) -> Iterator[FieldError]:
    fixed = {"weekdays": WEEKDAYS, "month_days": MONTH_DAYS, "season_months": MONTHS}
    for name, allowed in fixed.items():
        if set(getattr(plan, name)) - set(allowed):
            yield FieldError(name, mark("Choose numbers from {least} to {most}."), {"least": allowed[0], "most": allowed[-1]})
    if plan.frequency is Frequency.CALENDAR and not plan.weekdays and not plan.month_days:
        yield FieldError("weekdays", mark("Choose at least one weekday or day of the month."))
    if not 1 <= plan.every_weeks <= MOST_WEEKS:
        yield FieldError("every_weeks", mark("From 1 to {most} weeks."), {"most": MOST_WEEKS})
    is_bounded = plan.frequency is Frequency.RISK
    rising = (plan.times_min, plan.times, plan.times_max) if is_bounded else (plan.times,)
    if not all(1 <= times <= MOST_TIMES for times in rising) or list(rising) != sorted(rising):
        yield FieldError("times", mark("At least, times and at most must rise from 1 to {most}."), {"most": MOST_TIMES})


def _sampled(plan: PlanInput) -> Iterator[FieldError]:
    if plan.sampling is SamplingMode.COUNT and not 1 <= plan.sample_count <= MOST_PLACES:
        yield FieldError("sample_count", mark("From 1 to {most} places."), {"most": MOST_PLACES})
    for name in ("aql_major", "aql_minor"):
        if getattr(plan, name) not in (0, *AQLS):
            known = ", ".join(str(value) for value in AQLS)
            yield FieldError(name, mark("Choose one of the AQLs of the standard: 0, {known}."), {"known": known})
    if plan.sampling is not SamplingMode.ALL and not plan.place_kind and not plan.place_ids:
        yield FieldError("place_kind", mark("A sample needs places to choose from: say which kind."))
