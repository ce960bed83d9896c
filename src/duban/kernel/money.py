"""Money to the fen: one rounding rule, and remainders placed once."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
_PRECISION = 60


def fen(amount: Decimal | Fraction | int) -> Decimal:
    """`amount` rounded half up (away from zero on a tie) to the fen, 0.01 of the currency unit.

    A `Fraction` is rounded exactly, without passing through a decimal that was already cut.
    """
    if isinstance(amount, Fraction):
        hundredfold = abs(amount) * 100
        whole = (hundredfold + Fraction(1, 2)).__floor__()
        return _scaled(whole if amount >= 0 else -whole)
    with localcontext() as context:
        context.prec = _PRECISION
        rounded = Decimal(amount).quantize(FEN, rounding=ROUND_HALF_UP)
    return rounded or NOTHING


def share(amount: Decimal, part: Fraction) -> Decimal:
    """`amount` × `part`, computed exactly and rounded once to the fen."""
    return fen(Fraction(amount) * part)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in percent with one decimal place, half up; 0.0 of nothing."""
    if not whole:
        return Decimal("0.0")
    return (part * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def allocate(total: Decimal, weights: Sequence[Decimal | Fraction | int]) -> tuple[Decimal, ...]:
    """Split `total` (already in fen) by `weights` so that the parts add up to it exactly.

    Largest remainder: every part is cut down to the fen, the missing fen go one each to the parts that lost most,
    the earlier part first on a tie. Weights are not negative and not all zero, otherwise `ValueError`.
    """
    shares = [Fraction(weight) for weight in weights]
    whole = sum(shares, Fraction(0))
    if not shares or whole <= 0 or min(shares) < 0:
        message = "weights must not be negative and must not all be zero"
        raise ValueError(message)
    sign = -1 if total < 0 else 1
    units = int(abs(fen(total)) * 100)
    exact = [units * part / whole for part in shares]
    cut = [value.__floor__() for value in exact]
    by_loss = sorted(range(len(exact)), key=lambda index: (cut[index] - exact[index], index))
    for index in by_loss[: units - sum(cut)]:
        cut[index] += 1
    return tuple(_scaled(sign * value) for value in cut)


def _scaled(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2) if hundredths else NOTHING
