"""A check result on its way in, from whichever door."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from duban.inspections.domain.verdicts import Grade, Verdict


@dataclass(frozen=True)
class CheckRow:
    """One result to be recorded. Keys are database keys; the service checks that they belong together.

    `client_id` makes a repeated delivery harmless; `severity` `None` takes the item's own.
    """

    line_id: int
    item_id: int
    day: date
    verdict: Verdict
    at: datetime | None = None
    place_id: int | None = None
    severity: Grade | None = None
    value: Decimal | None = None
    note: str = ""
    inspector_id: int | None = None
    visit_id: int | None = None
    client_id: UUID | None = None


@dataclass(frozen=True)
class Recorded:
    """What `record_results` did: rows written, rows known before, findings opened."""

    written: int
    known: int
    findings: int


@dataclass(frozen=True)
class NamedRow:
    """One result from another system, which knows our records by their public names."""

    contract: str
    line: int
    item: str
    day: date
    verdict: Verdict
    at: datetime | None = None
    place: str = ""
    severity: Grade | None = None
    value: Decimal | None = None
    note: str = ""
    client_id: UUID | None = None
