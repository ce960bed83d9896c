import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from duban.kernel.text import mark
from duban.platform.imports import reasons
from duban.platform.imports.columns.base import Column, Wrong, narrow
from duban.platform.sheets.writers import CellKind

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
_DATE = r"(?P<year>\d{4})(?P<gap>[-/.年])(?P<month>\d{1,2})(?:(?P=gap)|月)(?P<day>\d{1,2})日?"
_COMPACT_DATE = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
_TIME = r"(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2})秒?(?P<fraction>\.\d{1,6})?|分)?"
_ZONE = r"(?P<zone>Z|[+\-]\d{2}:?\d{2})?"
DATES = (re.compile(_DATE), re.compile(_COMPACT_DATE), re.compile(_DATE + r"[T\s]+0{1,2}:0{1,2}(:0{1,2})?"))
MOMENTS = (re.compile(_DATE + r"(?:[T\s]*" + _TIME + r"\s*" + _ZONE + ")?"),)
TIMES = (re.compile(_TIME),)
MONTHS = (re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})月?"), re.compile(r"(?P<year>\d{4})(?P<month>\d{2})"))
Parts = dict[str, str | None]


@dataclass(frozen=True)
class Date(Column):
    """A day, as a date cell or written in one of the usual ways."""

    earliest: date = field(default=EARLIEST, kw_only=True)
    latest: date = field(default=LATEST, kw_only=True)

    kind_name = mark("Date")

    @property
    def cell_kind(self) -> CellKind:
        return CellKind.DATE

    def parse(self, cell: object) -> date:
        return _bounded(_day(cell), self.earliest, self.latest)


@dataclass(frozen=True)
class DateTime(Column):
    """A moment; without a zone it is local time, without a time it is midnight."""

    earliest: date = field(default=EARLIEST, kw_only=True)
    latest: date = field(default=LATEST, kw_only=True)

    kind_name = mark("Date and time")

    @property
    def cell_kind(self) -> CellKind:
        return CellKind.DATETIME

    def parse(self, cell: object) -> datetime:
        moment = _moment(cell)
        _bounded(moment.date(), self.earliest, self.latest)
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


@dataclass(frozen=True)
class Time(Column):
    """A time of day."""

    kind_name = mark("Time")

    def parse(self, cell: object) -> time:
        if isinstance(cell, datetime):
            return _to_second(cell).time()
        if isinstance(cell, time):
            return cell.replace(microsecond=0)
        try:
            return _time(_match(narrow(cell), TIMES))
        except (ValueError, LookupError) as error:
            raise Wrong(reasons.NOT_A_TIME) from error

    def write(self, value: object, _language: str, /) -> object:
        return f"{value:%H:%M:%S}" if isinstance(value, time) else value


@dataclass(frozen=True)
class Month(Column):
    """A calendar month, kept as its first day."""

    kind_name = mark("Month")

    def parse(self, cell: object) -> date:
        if isinstance(cell, date):
            return _bounded(date(cell.year, cell.month, 1), EARLIEST, LATEST)
        try:
            parts = _match(narrow(cell), MONTHS)
            return _bounded(date(int(parts["year"] or 0), int(parts["month"] or 0), 1), EARLIEST, LATEST)
        except (ValueError, LookupError) as error:
            raise Wrong(reasons.NOT_A_MONTH) from error

    def write(self, value: object, _language: str, /) -> object:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return _date(_match(narrow(cell), DATES))
    except (ValueError, LookupError) as error:
        raise Wrong(reasons.NOT_A_DATE) from error


def _moment(cell: object) -> datetime:
    if isinstance(cell, datetime):
        return _to_second(cell)
    if isinstance(cell, date):
        return datetime.combine(cell, time.min)
    try:
        parts = _match(narrow(cell), MOMENTS)
        moment = datetime.combine(_date(parts), _time(parts) if parts["hour"] else time.min)
    except (ValueError, LookupError) as error:
        raise Wrong(reasons.NOT_A_MOMENT) from error
    return moment.replace(tzinfo=UTC) - _offset(parts["zone"]) if parts["zone"] else moment


def _match(text: str, patterns: tuple[re.Pattern[str], ...]) -> Parts:
    for pattern in patterns:
        if found := pattern.fullmatch(text):
            return found.groupdict()
    raise LookupError(text)


def _date(parts: Parts) -> date:
    return date(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0))


def _time(parts: Parts) -> time:
    microsecond = int(float(parts["fraction"] or 0) * 1_000_000)
    return time(int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0), microsecond)


def _offset(zone: str | None) -> timedelta:
    if not zone or zone == "Z":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -shift if zone.startswith("-") else shift


def _to_second(moment: datetime) -> datetime:
    """Spreadsheets keep times as fractions of a day; the nearest second is what was meant."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _bounded(day: date, earliest: date, latest: date) -> date:
    if day < earliest:
        raise Wrong(reasons.TOO_SMALL, limit=earliest.isoformat())
    if day > latest:
        raise Wrong(reasons.TOO_GREAT, limit=latest.isoformat())
    return day
