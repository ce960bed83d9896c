"""What the API says and takes about slots."""

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema

from duban.attendance.domain.rows import NamedSlot
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
