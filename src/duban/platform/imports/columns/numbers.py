import decimal
import re
from dataclasses import dataclass, field

from duban.kernel.text import mark
from duban.platform.imports import reasons
from duban.platform.imports.columns.base import Column, Wrong, is_moment, narrow
from duban.platform.sheets.problems import Reason
from duban.platform.sheets.writers import CellKind

Number = decimal.Decimal
MOST_DIGITS = 30
HUNDRED = Number(100)
_PLAIN = re.compile(r"[+\-−]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
_SYMBOLS = re.compile(r"^[¥$€]\s*|\s*(?:元|圆|RMB|CNY)$")


@dataclass(frozen=True)
class Integer(Column):
    """A whole number; thousands may be separated, `3.0` counts as 3."""

    minimum: int | None = field(default=None, kw_only=True)
    maximum: int | None = field(default=None, kw_only=True)
    unit: str = field(default="", kw_only=True)

    kind_name = mark("Whole number")

    @property
    def cell_kind(self) -> CellKind:
        return CellKind.NUMBER

    def parse(self, cell: object) -> int:
        number = read_number(cell, reasons.NOT_AN_INTEGER, unit=self.unit, example=self.example or "12")
        if number != number.to_integral_value():
            raise Wrong(reasons.NOT_AN_INTEGER, example=self.example or "12")
        low, high = (None if limit is None else Number(limit) for limit in (self.minimum, self.maximum))
        check_range(number, low, high)
        return int(number)


@dataclass(frozen=True)
class Decimal(Column):
    """An exact number with at most `places` decimals; more are refused, never rounded.

    With `percent` the value is a ratio: `6%` is 0.06, and so is a bare `0.06`; a bare number above 1 counts as
    per cent (`6` is 0.06).
    """

    places: int = field(default=2, kw_only=True)
    minimum: decimal.Decimal | int | str | None = field(default=None, kw_only=True)
    maximum: decimal.Decimal | int | str | None = field(default=None, kw_only=True)
    unit: str = field(default="", kw_only=True)
    percent: bool = field(default=False, kw_only=True)

    kind_name = mark("Number")

    @property
    def cell_kind(self) -> CellKind:
        return CellKind.TEXT if self.percent else CellKind.NUMBER

    def parse(self, cell: object) -> decimal.Decimal:
        example = self.example or ("6%" if self.percent else "12.50")
        read = self._ratio if self.percent else self._number
        number = read(cell, example)
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise Wrong(reasons.TOO_MANY_DECIMALS, places=self.places - 2 if self.percent else self.places)
        low, high = (None if limit is None else Number(limit) for limit in (self.minimum, self.maximum))
        check_range(number, low, high)
        return number.quantize(Number(1).scaleb(-self.places))

    def write(self, value: object, _language: str, /) -> object:
        if self.percent and isinstance(value, decimal.Decimal):
            return f"{(value * HUNDRED).normalize():f}%"
        return value

    def _number(self, cell: object, example: str) -> decimal.Decimal:
        return read_number(cell, reasons.NOT_A_NUMBER, unit=self.unit, example=example)

    def _ratio(self, cell: object, example: str) -> decimal.Decimal:
        text = narrow(cell)
        if isinstance(cell, str) and text.endswith("%"):
            return read_number(text[:-1], reasons.NOT_A_NUMBER, example=example) / HUNDRED
        number = read_number(cell, reasons.NOT_A_NUMBER, example=example)
        return number / HUNDRED if abs(number) > 1 else number


def read_number(cell: object, reason: Reason, *, unit: str = "", example: str = "") -> decimal.Decimal:
    """The number in a cell: digits, a sign, thousands separated, a currency sign or the column's own unit. Raises `Wrong`."""
    if isinstance(cell, bool) or is_moment(cell):
        raise Wrong(reason, example=example)
    if isinstance(cell, int | float):
        number = Number(f"{cell:.15g}")
        if not number.is_finite():
            raise Wrong(reason, example=example)
        return number
    text = _SYMBOLS.sub("", narrow(cell))
    text = text.removesuffix(unit).removesuffix(narrow(unit)).strip() if unit else text.strip()
    if not _PLAIN.fullmatch(text) or not any(sign.isdigit() for sign in text) or len(text) > MOST_DIGITS:
        raise Wrong(reason, example=example)
    return Number(text.replace(",", "").replace("−", "-"))


def check_range(number: decimal.Decimal, low: decimal.Decimal | None, high: decimal.Decimal | None) -> None:
    """Raise `Wrong` outside of the limits, which belong to the range."""
    if low is not None and number < low:
        raise Wrong(reasons.TOO_SMALL, limit=f"{low:f}")
    if high is not None and number > high:
        raise Wrong(reasons.TOO_GREAT, limit=f"{high:f}")
