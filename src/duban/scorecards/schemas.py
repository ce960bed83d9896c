"""What the API says and takes about scoring. Decimals travel as text."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Schema


class PeriodOut(Schema):
    """A month or quarter."""

    key: str
    kind: str
    state: str
    starts_on: date
    ends_on: date


class CloseOut(Schema):
    """What a close did, by card code."""

    period: str
    refreshed_lines: int
    created: list[str]
    updated: list[str]
    late: list[str]
    held: list[str]
    unchanged: int
    is_closed: bool


class CardOut(Schema):
    """A card. `score` is empty for insufficient data (`outcome` held) or an unscored scheme."""

    code: str
    period: str = Field(alias="period.key")
    contract: str = Field(alias="line.contract.code")
    line_number: int = Field(alias="line.number")
    estate: str = Field(alias="line.estate.name")
    service_line: str = Field(alias="line.service_line")
    vendor: str = Field(alias="line.contract.vendor.short_name")
    scheme: str = Field(alias="scheme_version.scheme.key")
    state: str
    revision: int
    is_current: bool
    outcome: str
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    is_failed: bool
    has_late_evidence: bool
    confirm_by: date | None


class CardDetailOut(CardOut):
    """A card with the full answer of the scoring core, trace included."""

    result: dict[str, Any]


class OccurrenceOut(Schema):
    """Something that happened, and the points it cost (negative) or brought."""

    app: str
    code: str
    on: date
    kind: str
    key: str
    severity: str
    quantity: Decimal
    label: str
    place: str
    section: str
    effect_key: str
    points: Decimal
    is_struck: bool


class PublishIn(Schema):
    """Which drafts to publish; all of the period if none is named."""

    codes: list[str] | None = Field(None, max_length=500)


class CardNoteIn(Schema):
    """A reason."""

    note: str = Field(min_length=1, max_length=2000)


class AppealPointIn(Schema):
    """One line disputed: an occurrence by app and code, or a whole indicator by its key."""

    ground: str = Field(min_length=1, max_length=4000)
    app: str = Field("", max_length=24)
    code: str = Field("", max_length=60)
    indicator: str = Field("", max_length=40)


class AppealIn(Schema):
    """An appeal line by line."""

    points: list[AppealPointIn] = Field(min_length=1, max_length=200)


class AppealOut(Schema):
    """An appeal."""

    code: str
    card: str = Field(alias="card.code")
    state: str
    indicator: str = Field(alias="indicator_key")
    ground: str
    decision_note: str


class DecisionIn(Schema):
    """A decision and its reason."""

    decision: Literal["uphold", "reject"]
    note: str = Field(min_length=1, max_length=4000)


class SchemeOut(Schema):
    """A scheme."""

    code: str
    key: str
    name_zh: str
    name_en: str
    service_line: str
    cycle: str


class VersionOut(Schema):
    """A version of a scheme with its rules."""

    code: str
    number: int
    state: str
    digest: str
    definition: dict[str, Any]


class GradeOut(Schema):
    """The grade of a vendor on a service line."""

    code: str
    vendor: str = Field(alias="vendor.short_name")
    service_line: str
    period: str = Field(alias="period.key")
    state: str
    proposed_grade: str
    grade: str
    measure: str
    average: Decimal | None


class GradeIn(Schema):
    """A confirmed grade; a departure from the proposal needs a reason."""

    grade: Literal["A", "B", "C", "D"]
    note: str = Field("", max_length=2000)


class RatingIn(Schema):
    """One's own rating of an indicator; null takes it back."""

    indicator: str = Field(max_length=40)
    rating: Decimal | None = Field(None, ge=0, max_digits=6, decimal_places=2)
    note: str = Field("", max_length=200)


class RatingOut(Schema):
    """An indicator people rate. What the panel says together is empty until one has rated oneself."""

    indicator: str
    scale: Decimal
    rating: Decimal | None
    note: str
    count: int | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    mean: Decimal | None = None
