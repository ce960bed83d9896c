"""Columns of a list: where a value comes from, how it looks on the page and in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from duban.kernel.period import Period
from duban.kernel.states import StateTable
from duban.platform.sheets.writers import CellKind, SheetColumn
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Cell, badge_of

Text = str | Promise


class Kind(StrEnum):
    """What the values of a column are; decides alignment, format and the type in exports."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    DATE = "date"
    DATETIME = "datetime"
    MONTH = "month"
    RELATIVE = "relative"
    STATE = "state"
    YES_NO = "yes_no"


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.POINTS})
DEFAULT_PLACES = {Kind.NUMBER: 0, Kind.MONEY: 2, Kind.PERCENT: 1, Kind.POINTS: 1}
SHEET_KINDS = {
    Kind.NUMBER: CellKind.NUMBER,
    Kind.MONEY: CellKind.NUMBER,
    Kind.POINTS: CellKind.NUMBER,
    Kind.PERCENT: CellKind.PERCENT,
    Kind.DATE: CellKind.DATE,
    Kind.DATETIME: CellKind.DATETIME,
    Kind.RELATIVE: CellKind.DATETIME,
}


@dataclass(frozen=True)
class Column:
    """One declared column. `path` follows attributes and calls methods; the functions take the row and never query."""

    key: str
    label: Text
    path: str = ""
    value: Callable[[Any], object] | None = None
    kind: Kind = Kind.TEXT
    places: int | None = None
    unit: Text = ""
    states: StateTable | None = None
    badge: Callable[[Any], Badge | None] | None = None
    link: Callable[[Any], str] | None = None
    small: Callable[[Any], object] | None = None
    tone: Callable[[Any], str] | None = None
    sort: str = ""
    choices: Mapping[Any, Text] | None = None
    hint: Text = ""
    phone: bool = True
    screen: bool = True

    @property
    def heading(self) -> str:
        """The label with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)

    @property
    def align(self) -> str:
        """Numbers stand at the end of the cell."""
        return "end" if self.kind in NUMERIC else "start"

    @property
    def decimals(self) -> int:
        """Decimals shown."""
        return DEFAULT_PLACES.get(self.kind, 0) if self.places is None else self.places

    @property
    def sheet_column(self) -> SheetColumn:
        """The column as it goes into a file."""
        return SheetColumn(self.heading, SHEET_KINDS.get(self.kind, CellKind.TEXT), self.decimals)

    def read(self, row: object) -> object:
        """The bare value of this column in `row`; `None` where the path ends early."""
        if self.value is not None:
            return self.value(row)
        found: Any = row
        for step in (self.path or self.key).split("."):
            found = found.get(step) if isinstance(found, Mapping) else getattr(found, step, None)
            found = found() if callable(found) else found
            if found is None:
                return None
        return found

    def cell(self, row: object) -> Cell:
        """The cell as the page draws it."""
        value = self.read(row)
        badge = self._badge(row, value)
        return Cell(
            badge.label if badge and self.badge is None else self._text(value),
            self.align,
            self.link(row) if self.link else "",
            (self.tone(row) or "") if self.tone else "",
            badge,
            small=str(self.small(row) or "") if self.small else "",
        )

    def file_value(self, row: object) -> object:
        """The value as it goes into a file: numbers and dates bare, the rest as words."""
        value = self.read(row)
        if self.kind in SHEET_KINDS:
            return value
        if self.badge is not None and self.states is None:
            badge = self.badge(row)
            return badge.label if badge else ""
        return "" if value is None else self._text(value)

    def _badge(self, row: object, value: object) -> Badge | None:
        if self.badge is not None:
            return self.badge(row)
        if self.states is not None and value:
            return badge_of(self.states, str(value))
        return None

    def _text(self, value: object) -> str:
        if value is None or value == "":
            return formatting.NOTHING
        if self.choices is not None:
            return str(self.choices.get(value, value))
        if self.states is not None:
            return gettext(self.states.labels.get(str(value), str(value)))
        return FORMATS[self.kind](value, self.decimals)


def _plain(value: Any, _places: int) -> str:
    if isinstance(value, datetime):
        return formatting.minute(value)
    return formatting.day(value) if isinstance(value, date) else str(value)


def _month(value: Any, _places: int) -> str:
    return formatting.month(value) if isinstance(value, date | str | Period) else str(value)


def _yes_no(value: Any, _places: int) -> str:
    return gettext("Yes") if value else gettext("No")


FORMATS: Mapping[Kind, Callable[[Any, int], str]] = {
    Kind.TEXT: _plain,
    Kind.STATE: _plain,
    Kind.NUMBER: formatting.fixed,
    Kind.MONEY: formatting.fixed,
    Kind.POINTS: formatting.fixed,
    Kind.PERCENT: formatting.percent,
    Kind.DATE: lambda value, _places: formatting.day(value),
    Kind.DATETIME: lambda value, _places: formatting.minute(value),
    Kind.RELATIVE: lambda value, _places: formatting.minute(value),
    Kind.MONTH: _month,
    Kind.YES_NO: _yes_no,
}
