"""A slot on its way in."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from duban.attendance.domain.fences import Method, Reading
from duban.attendance.domain.slots import Ground, Shift, SlotState


@dataclass(frozen=True)
class SlotRow:
    """One slot as it is recorded; keys are database keys. `post`, `day` and `shift` identify it.

    `state` comes either from `domain.slots.decide` (with its ground) or as handed in (`Ground.GIVEN`).
    """

    line_id: int
    post_id: int
    day: date
    state: SlotState
    shift: Shift = Shift.DAY
    planned_hours: Decimal = Decimal(8)
    ground: Ground = Ground.GIVEN
    rostered_name: str = ""
    actual_name: str = ""
    checkin_at: datetime | None = None
    checkout_at: datetime | None = None
    late_minutes: int = 0
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class SlotsRecorded:
    """What `record_slots` did."""

    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class NamedSlot:
    """One slot from another system, which knows contracts and posts by their public names."""

    contract: str
    line: int
    post: str
    day: date
    state: SlotState
    shift: Shift = Shift.DAY
    planned_hours: Decimal = Decimal(8)
    rostered_name: str = ""
    actual_name: str = ""
    checkin_at: datetime | None = None
    checkout_at: datetime | None = None
    late_minutes: int = 0
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class PunchRow:
    """One check-in or check-out on its way in. `token` is what the code said; `worker` is empty for the sender's own."""

    client_id: UUID | None
    post: str
    direction: str
    method: Method
    at: datetime
    token: str = ""
    worker: str = ""
    day: date | None = None
    shift: Shift | None = None
    reading: Reading | None = None
    device: str = ""
    received_at: datetime | None = None
    trust: str = ""
    trust_reasons: tuple[str, ...] = ()
    is_trusted: bool = True


@dataclass(frozen=True)
class ScanRow:
    """One scanned point of a patrol on its way in; `point` is the tag of the place."""

    client_id: UUID | None
    route: str
    point: str
    method: Method
    at: datetime
    token: str = ""
    reading: Reading | None = None
    device: str = ""
    received_at: datetime | None = None
    trust: str = ""
    trust_reasons: tuple[str, ...] = ()
