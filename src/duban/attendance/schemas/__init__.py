"""What the API says and takes about slots, check-ins and rounds."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from duban.attendance.domain.fences import Method, Point, Reading
from duban.attendance.domain.rows import NamedSlot, PunchRow
from duban.attendance.domain.slots import Shift, SlotState


class Paging(Schema):
    """Which page of a list: `after` is the last code of the page before."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class DaysPaging(Paging):
    """The same, narrowed to days, both ends included."""

    from_day: date | None = None
    to_day: date | None = None


class SlotIn(Schema):
    """One slot. Contract by code or number, post by code or name; `post`, `day` and `shift` identify it."""

    contract: str = Field(max_length=60)
    line: int = Field(ge=1, le=32767)
    post: str = Field(max_length=60)
    day: date
    shift: Shift = Shift.DAY
    state: SlotState
    planned_hours: Decimal = Field(Decimal(8), ge=0, le=24, max_digits=4, decimal_places=1)
    rostered_name: str = Field("", max_length=40)
    actual_name: str = Field("", max_length=40)
    checkin_at: datetime | None = None
    checkout_at: datetime | None = None
    late_minutes: int = Field(0, ge=0, le=1440)
    source: str = Field("", max_length=40)
    note: str = Field("", max_length=200)

    def named(self) -> NamedSlot:
        """As the service takes it."""
        return NamedSlot(**{name: getattr(self, name) for name in NamedSlot.__dataclass_fields__})


class SlotsIn(Schema):
    """A delivery of up to a thousand slots; it may be sent again without harm."""

    rows: list[SlotIn] = Field(min_length=1, max_length=1000)


class SlotsRecordedOut(Schema):
    """What a delivery did."""

    created: int
    changed: int
    unchanged: int


class SlotOut(Schema):
    """A slot; names stay with the property company."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    post: str = Field(alias="post.code")
    day: date
    shift: str
    state: str
    ground: str
    planned_hours: Decimal
    late_minutes: int
    checkin_at: datetime | None
    checkout_at: datetime | None


class SlotDecisionIn(Schema):
    """The reason of a decision."""

    note: str = Field(max_length=200)


class PunchIn(Schema):
    """One check-in or check-out. `id` is the sender's own: sent again it changes nothing. `worker` is empty for oneself."""

    id: UUID
    post: str = Field(max_length=60)
    direction: Literal["in", "out"]
    method: Method
    at: datetime
    token: str = Field("", max_length=200)
    worker: str = Field("", max_length=60)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    accuracy: int = Field(0, ge=0, le=100_000)

    def row(self) -> PunchRow:
        """As the service takes it."""
        known = self.latitude is not None and self.longitude is not None
        reading = Reading(Point(self.latitude or Decimal(0), self.longitude or Decimal(0)), self.accuracy) if known else None
        plain = {name: getattr(self, name) for name in ("post", "direction", "method", "at", "token", "worker")}
        return PunchRow(client_id=self.id, reading=reading, **plain)


class PunchesIn(Schema):
    """Up to two hundred check-ins."""

    rows: list[PunchIn] = Field(min_length=1, max_length=200)


class PunchOut(Schema):
    """A check-in or check-out; names stay with the vendor."""

    code: str
    post: str = Field(alias="post.code")
    day: date
    shift: str
    direction: str
    method: str
    at: datetime
    received_at: datetime
    verdict: str
    reasons: list[str]
    distance: int | None


class PostDayOut(Schema):
    """One post on one day."""

    day: date
    radius: int
    slots: list[SlotOut]
    punches: list[PunchOut]

    @staticmethod
    def resolve_radius(page: Any) -> int:
        """Metres around the post within which a check-in counts as near."""
        return int(page.circle.radius)


class RoundOut(Schema):
    """A patrol round and what came of it."""

    code: str
    route: str = Field(alias="route.code")
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    day: date
    starts_at: datetime
    ends_at: datetime
    point_count: int
    on_time_count: int
    late_count: int
    skipped_count: int
    bunched_count: int
    longest_gap: int
    is_over: bool


class LedgerFindingOut(Schema):
    """An exception of the post-coverage ledger; the person stays with vendor and property company."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    month: date
    day: date
    shift: str
    flaw: str
    quantity: Decimal
    measure: Decimal | None
    inputs: dict[str, str]
    state: str
