"""The monthly base fee of a contract line."""

from decimal import Decimal

from duban.kernel.money import fen

FIXED_BASES = frozenset({"lump_sum", "per_post", "per_m2"})
"""Fee bases whose quantity is agreed; visits and unit prices are counted month by month."""


def monthly_base_fee(fee_basis: str, unit_price: Decimal, quantity: Decimal) -> Decimal | None:
    """`unit_price` × `quantity`, half up to the fen; `None` where the quantity is only known after the month."""
    return fen(unit_price * quantity) if fee_basis in FIXED_BASES else None
