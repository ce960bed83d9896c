"""The unit prices of a line that is paid by what was done: one agreed price per kind of work."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

LONGEST_NAME, LONGEST_UNIT, MOST_ITEMS = 80, 12, 200
LARGEST_PRICE = Decimal(100_000_000)
COLUMNS = ("name", "unit", "price")
ROWS = re.compile(r"[;；\r\n]")
FORBIDDEN = re.compile(r"[|｜;；\t\r\n]")
PARTS = re.compile(r"\s*[|｜\t]\s*")


@dataclass(frozen=True)
class PriceItem:
    """One agreed price: `price` yuan for one `unit` of the work `name`, without rounding, at most four places."""

    name: str
    unit: str
    price: Decimal

    def stored(self) -> dict[str, str]:
        """As the row keeps it."""
        return {"name": self.name, "unit": self.unit, "price": f"{self.price:f}"}


def read_price_list(text: str) -> tuple[PriceItem, ...]:
    """Read one price a row, `name | unit | price`; rows may also be parted by `;`, empty rows are skipped.

    Raises `Invalid` for the field `price_list`, naming the row and what is wrong with it.
    """
    rows = [(number, row.strip()) for number, row in enumerate(ROWS.split(text.replace("\r\n", "\n")), start=1) if row.strip()]
    return check_price_list(_read_row(number, row) for number, row in rows)


def check_price_list(items: Iterable[PriceItem]) -> tuple[PriceItem, ...]:
    """The items as they are; raises `Invalid` for a name twice, a sign that parts rows or columns, or too many of them."""
    found = tuple(items)
    for item in found:
        if FORBIDDEN.search(item.name + item.unit):
            raise _refusal(mark("“{name}”: a name or unit cannot hold | or ;."), name=item.name)
    names = [item.name for item in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _refusal(mark("“{name}” stands in the price list twice."), name=twice[0])
    if len(found) > MOST_ITEMS:
        raise _refusal(mark("A price list holds at most {most} prices."), most=str(MOST_ITEMS))
    return found


def write_price_list(stored: Iterable[Mapping[str, str]], *, between: str = "\n") -> str:
    """The stored prices as text that `read_price_list` reads."""
    return between.join(f"{item['name']} | {item['unit']} | {item['price']}" for item in stored)


def _read_row(number: int, row: str) -> PriceItem:
    parts = PARTS.split(row)
    if len(parts) != len(COLUMNS) or not all(parts):
        raise _refusal(mark("Row {at}: write name | unit | price."), at=str(number))
    name, unit, price = parts
    if len(name) > LONGEST_NAME or len(unit) > LONGEST_UNIT:
        raise _refusal(mark("Row {at}: the name or the unit is too long."), at=str(number))
    return PriceItem(name, unit, _price(number, price))


def _price(number: int, text: str) -> Decimal:
    try:
        price = Decimal(text.replace(",", ""))
    except InvalidOperation:
        price = Decimal("NaN")
    is_sound = price.is_finite() and 0 <= price <= LARGEST_PRICE and price == price.quantize(Decimal("0.0001"))
    if not is_sound:
        raise _refusal(mark("Row {at}: “{text}” is no price with at most four places."), at=str(number), text=text)
    return price


def _refusal(message: str, **params: str) -> Invalid:
    return Invalid(errors=(FieldError("price_list", message, params),))
