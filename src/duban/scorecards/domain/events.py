"""Frozen facts that scorecards announce. Only JSON values: they travel by job."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PeriodClosed:
    """A period was closed (again): its cards stand as drafts or unchanged."""

    tenant_path: str
    period: str
    changed_cards: tuple[str, ...]


@dataclass(frozen=True)
class CardPublished:
    """A card went to the vendor, who has until `confirm_by` to confirm or appeal."""

    card: str
    line_id: int
    contract_id: int
    period: str
    confirm_by: str


@dataclass(frozen=True)
class CardSettled:
    """A card can be relied on: confirmed by the vendor, by silence, or final after a rejected appeal."""

    card: str
    line_id: int
    contract_id: int
    period: str
    state: str


@dataclass(frozen=True)
class CardAppealed:
    """The vendor disputes lines of a card; those stay out of the undisputed part."""

    card: str
    line_id: int
    contract_id: int
    period: str


@dataclass(frozen=True)
class CardRevised:
    """An upheld appeal replaced a card by a new revision."""

    card: str
    replaced_card: str
    line_id: int
    contract_id: int
    period: str


@dataclass(frozen=True)
class GradeConfirmed:
    """A person confirmed the grade of a vendor on a service line."""

    vendor_id: int
    service_line: str
    grade: str
    measure: str
