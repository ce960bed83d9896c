"""On which days a plan asks for an inspection: a pure core, the same for the clock, the preview and a stranger."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from duban.inspections.domain.plans import Frequency, Span
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.kernel.trace import Step

LAST_OF_MONTH = 31
WEEK = 7


@dataclass(frozen=True)
class Rule:
    """How often. `months` and `weekdays` serve “on fixed days”, `times` per `span` the others.

    `is_steady` puts the days of “times” into the middle of their stretches, where everybody may know them; otherwise
    each stretch draws its day from `salt`, which the plan keeps to itself: nobody foresees an unannounced visit, and whoever
    is shown the salt afterwards can recompute it.
    """

    frequency: Frequency
    starts_on: date
    ends_on: date | None = None
    weekdays: Collection[int] = ()
    every_weeks: int = 1
    month_days: Collection[int] = ()
    times: int = 1
    span: Span = Span.WEEK
    window_days: int = 0
    is_steady: bool = True
    salt: str = ""


@dataclass(frozen=True)
class DueDay:
    """One round to come: the day it is planned for, the last day it may be made, and why."""

    on: date
    until: date
    reason: Step


def due_days(rule: Rule, start: date, end: date) -> tuple[DueDay, ...]:
    """Every due day of `[start, end]` in order, each once; the days before the rule starts or after it ends are left out.

    What is answered for a day never depends on `start` and `end`, so spans may be asked for piece by piece. A round of
    “so many times a period” has to be made inside the period it belongs to.
    """
    first = max(start, rule.starts_on)
    last = end if rule.ends_on is None else min(end, rule.ends_on)
    found = _fixed(rule, first, last) if rule.frequency is Frequency.CALENDAR else _spread(rule, first, last)
    return tuple(sorted(found, key=lambda due: due.on))


def span_of(span: Span, day: date) -> tuple[date, date]:
    """First and last day of the week, month or quarter that holds `day`; a week starts on Monday."""
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=WEEK - 1)
    period = Period.month_of(day) if span is Span.MONTH else Period.quarter_of(day)
    return period.start, period.end


def openings(span: Span, first: date, last: date) -> tuple[date, ...]:
    """First days of the periods that touch `[first, last]`, in order; none where the days are none."""
    found, opening = [], span_of(span, first)[0]
    while opening <= last and first <= last:
        found.append(opening)
        opening = span_of(span, opening)[1] + timedelta(days=1)
    return tuple(found)


def seed_of(*parts: object) -> int:
    """A seed that anybody can recompute: the first 62 bits of the SHA-256 over the parts joined by “|”."""
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 2


def _fixed(rule: Rule, first: date, last: date) -> Iterator[DueDay]:
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        reason = _weekday(rule, day) or _month_day(rule, day)
        if reason is not None:
            yield DueDay(day, day + timedelta(days=rule.window_days), reason)


def _weekday(rule: Rule, day: date) -> Step | None:
    if day.isoweekday() not in rule.weekdays:
        return None
    weeks = (span_of(Span.WEEK, day)[0] - span_of(Span.WEEK, rule.starts_on)[0]).days // WEEK
    if weeks % rule.every_weeks:
        return None
    inputs = {"weekday": str(day.isoweekday()), "weeks": str(rule.every_weeks)}
    return Step(mark("Weekday {weekday} of every {weeks}th week"), "weekday", day.isoformat(), inputs)


def _month_day(rule: Rule, day: date) -> Step | None:
    is_last = (day + timedelta(days=1)).month != day.month
    if day.day not in rule.month_days and not (is_last and LAST_OF_MONTH in rule.month_days):
        return None
    return Step(mark("Day {day} of the month"), "month_day", day.isoformat(), {"day": str(day.day)})


def _spread(rule: Rule, first: date, last: date) -> Iterator[DueDay]:
    for opening in openings(rule.span, first, last):
        closing = span_of(rule.span, opening)[1]
        days = (closing - opening).days + 1
        times = min(rule.times, days)
        for number in range(times):
            low, high = number * days // times, (number + 1) * days // times
            day = opening + timedelta(days=_offset(rule, opening, number, low, high))
            if first <= day <= last:
                until = min(day + timedelta(days=rule.window_days), closing)
                inputs = {"number": str(number + 1), "times": str(times), "from": opening.isoformat()}
                yield DueDay(day, until, Step(mark("No. {number} of {times} from {from}"), "spread", day.isoformat(), inputs))


def _offset(rule: Rule, opening: date, number: int, low: int, high: int) -> int:
    if rule.is_steady:
        return (low + high - 1) // 2
    return low + seed_of(rule.salt, opening, number) % (high - low)
