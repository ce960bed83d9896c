"""What phones send about posts and patrols."""

from datetime import date
from typing import Literal

from ninja import Field, Schema

from duban.attendance.domain.slots import Shift
from duban.platform.sync.payloads import PositionIn
from duban.platform.sync.schemas import Moment

MethodWord = Literal["qr", "nfc", "typed", "position"]


class PhonePunch(Schema):
    """A check-in or check-out; `worker` names whom a foreman checks in, `token` is what the code at the post said."""

    post: str = Field(max_length=24)
    shift: Shift
    day: date
    direction: Literal["in", "out"]
    method: MethodWord
    token: str = Field("", max_length=200)
    challenge: str = Field("", max_length=400)
    at: Moment
    position: PositionIn | None = None
    worker: str | None = Field(None, max_length=24)


class PhonePatrol(Schema):
    """A point of a patrol was passed; `route` may be the code of its round (`RT-2026-0001.20261127.2`), `point` is a tag."""

    route: str = Field(max_length=32)
    point: str = Field(max_length=24)
    method: MethodWord
    token: str = Field("", max_length=200)
    challenge: str = Field("", max_length=400)
    at: Moment
    position: PositionIn | None = None
