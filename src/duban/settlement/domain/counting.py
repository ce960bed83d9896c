"""What may be counted on a line that is paid by what was done, and at which price."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from duban.settlement.domain.fees import PER_MONTH, FeeBasis

COUNTED = frozenset(FeeBasis) - PER_MONTH


@dataclass(frozen=True)
class Countable:
    """One kind of work of a line; an empty `name` is the line's own price (a visit, or the whole work)."""

    name: str
    unit: str
    price: Decimal


def countables(basis: str, price: Decimal, price_list: Iterable[Mapping[str, str]]) -> tuple[Countable, ...]:
    """The kinds of work that a line pays by count: its price list, else its own price; none for the monthly bases."""
    if basis not in COUNTED:
        return ()
    listed = tuple(Countable(item["name"], item["unit"], Decimal(item["price"])) for item in price_list)
    return listed if listed and basis == FeeBasis.UNIT_PRICES else (Countable("", "", price),)
