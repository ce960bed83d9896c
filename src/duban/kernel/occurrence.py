"""A dated fact that can cost points or money, offered by the evidence apps and charged at most once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """How much an occurrence matters."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Occurrence:
    """One thing that went wrong (or right): a failed item, an absent slot, a valid complaint, a red line.

    `app` and `code` together identify it for ever. `key` is what rules match on: an item code written
    `block:item`, a shift, a category. `quantity` counts places, slots or people, which is what points
    go by; `measure` is what money goes by where that is something else: the hours of an absent slot, minutes of
    lateness (None: the quantity). `place` is for reading only. `for_points` and `for_money` say what it may be charged
    with: evidence that is doubted may count for neither, or for points alone.
    """

    app: str
    code: str
    line_id: int
    on: date
    kind: str
    key: str
    severity: str
    quantity: Decimal
    label: str
    place: str = ""
    measure: Decimal | None = None
    for_points: bool = True
    for_money: bool = True

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same fact wherever it is charged."""
        return (self.app, self.code)
