"""The contract calendar: a timeline of terms and a month of dated events."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from duban.contracts.models import Contract
from duban.contracts.selectors.contracts import ContractDate, contract_dates, contracts_of
from duban.kernel.actor import Actor
from duban.kernel.period import Period

TIMELINE_MONTHS = 24
TIMELINE_LIMIT = 200


@dataclass(frozen=True)
class Bar:
    """One contract on the timeline; positions are shares of the whole span, 0 to 100, for SVG attributes."""

    contract: Contract
    left: str
    width: str
    notice: str
    is_ending: bool


@dataclass(frozen=True)
class Tick:
    """One quarter's first day on the timeline."""

    label: str
    left: str


@dataclass(frozen=True)
class Timeline:
    """Terms side by side from `start` to `end`; `today` is its own position."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today: str
    start: date
    end: date


@dataclass(frozen=True)
class Day:
    """One day of the month grid with its events."""

    day: date
    is_inside: bool
    is_today: bool
    events: tuple[ContractDate, ...]


@dataclass(frozen=True)
class MonthGrid:
    """A month in weeks, Monday first."""

    period: Period
    weeks: tuple[tuple[Day, ...], ...]
    count: int


def contract_timeline_chart(actor: Actor, start: date) -> Timeline:
    """Contracts whose terms touch the 24 months from `start`'s month, the earliest end first: one query."""
    first = Period.month_of(start)
    last = first
    for _ in range(TIMELINE_MONTHS - 1):
        last = last.next()
    rows = contracts_of(actor).exclude(state="draft").filter(starts_on__lte=last.end, ends_on__gte=first.start)
    bars = tuple(_bar(row, first.start, last.end) for row in rows.order_by("ends_on", "id")[:TIMELINE_LIMIT])
    return Timeline(bars, _ticks(first, last), _share(timezone.localdate(), first.start, last.end), first.start, last.end)


def _bar(contract: Contract, start: date, end: date) -> Bar:
    left = _position(max(contract.starts_on, start), start, end)
    right = _position(min(contract.last_on, end) + timedelta(days=1), start, end)
    is_shown = start <= contract.notice_on <= min(end, contract.last_on)
    return Bar(
        contract=contract,
        left=f"{left:.2f}",
        width=f"{max(right - left, Decimal('0.3')):.2f}",
        notice=_share(contract.notice_on, start, end) if is_shown else "",
        is_ending=contract.state in {"active", "suspended"} and contract.notice_on < timezone.localdate(),
    )


def _ticks(first: Period, last: Period) -> tuple[Tick, ...]:
    found, period = [], first
    while period <= last:
        if period.index % 3 == 1:
            found.append(Tick(period.code, _share(period.start, first.start, last.end)))
        period = period.next()
    return tuple(found)


def _position(day: date, start: date, end: date) -> Decimal:
    return Decimal((day - start).days * 100) / ((end - start).days + 1)


def _share(day: date, start: date, end: date) -> str:
    return f"{_position(day, start, end):.2f}" if start <= day <= end else ""


def contract_month(actor: Actor, period: Period) -> MonthGrid:
    """The dated events of one month in a grid of whole weeks: one query."""
    weeks = Calendar().monthdatescalendar(period.year, period.index)
    events = contract_dates(actor, weeks[0][0], weeks[-1][-1])
    return MonthGrid(
        period=period,
        weeks=tuple(tuple(_day(day, period, events) for day in week) for week in weeks),
        count=sum(1 for event in events if event.on in period),
    )


def _day(day: date, period: Period, events: Sequence[ContractDate]) -> Day:
    return Day(day, day in period, day == timezone.localdate(), tuple(event for event in events if event.on == day))
