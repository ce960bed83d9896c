"""What phones send about rounds, findings and praise."""

from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from duban.platform.sync.payloads import PhotoIn, PositionIn
from duban.platform.sync.schemas import Hash, Moment

VerdictWord = Literal["pass", "fail", "not_applicable"]
SeverityWord = Literal["minor", "major", "critical"]


class PhoneReply(Schema):
    """What the vendor's phone says of a finding that was put right."""

    finding: str = Field(max_length=24)
    cause: str = Field(max_length=500)
    action: str = Field(max_length=500)
    photos: list[PhotoIn] = Field([], max_length=20)
    at: Moment


class PhoneRecheck(Schema):
    """What the phone of who looked again says."""

    finding: str = Field(max_length=24)
    is_accepted: bool
    note: str = Field("", max_length=500)
    photos: list[PhotoIn] = Field([], max_length=20)
    at: Moment
    position: PositionIn | None = None


class PhonePraise(Schema):
    """A good find; `line` is the contract's code and the line's number, `HT-2026-0001/2`; `place` a tag or empty."""

    line: str = Field(max_length=60, pattern=r"^[^/]+/[0-9]{1,4}$")
    place: str = Field("", max_length=24)
    text: str = Field(max_length=300)
    photos: list[PhotoIn] = Field([], max_length=20)
    at: Moment
    position: PositionIn | None = None


class PhoneCheckin(Schema):
    """Somebody arrived at a place of a task; `token` is what the code on the wall said."""

    task: str = Field(max_length=24)
    place: str = Field("", max_length=24)
    method: Literal["qr", "nfc", "typed", "position"]
    token: str = Field("", max_length=200)
    challenge: str = Field("", max_length=400)
    at: Moment
    position: PositionIn | None = None


class PhoneEdit(Schema):
    """One step of the answer log: what was chosen before, and when."""

    at: Moment
    verdict: VerdictWord | None = None
    severity: SeverityWord | None = None
    note: str = Field("", max_length=300)


class PhoneAnswer(Schema):
    """One item answered at one place of a task; `replaces` names the envelope whose answer this one corrects."""

    task: str = Field(max_length=24)
    place: str = Field("", max_length=24)
    item: str = Field(max_length=60)
    checklist: str = Field("", max_length=24)
    verdict: VerdictWord
    severity: SeverityWord | None = None
    value: Decimal | None = Field(None, max_digits=12, decimal_places=3)
    note: str = Field("", max_length=300)
    at: Moment
    position: PositionIn | None = None
    photos: list[PhotoIn] = Field([], max_length=20)
    edits: list[PhoneEdit] = Field([], max_length=100)
    replaces: UUID | None = None


class PhoneForm(Schema):
    """A form filled in at one place of a task: texts by question, lists for repeats, photos by hash.

    `version` is that of the form the phone carried; `replaces` names the envelope this one corrects.
    """

    task: str = Field(max_length=24)
    place: str = Field("", max_length=24)
    checklist: str = Field("", max_length=24)
    version: int = Field(ge=1, le=32767)
    values: dict[str, Any] = Field(max_length=2000)
    photos: list[PhotoIn] = Field([], max_length=200)
    at: Moment
    position: PositionIn | None = None
    replaces: UUID | None = None


class PhoneFinish(Schema):
    """A round is over; `signature` is the hash of a picture, `answered` and `skipped` count items."""

    task: str = Field(max_length=24)
    at: Moment
    signature: Hash | None = None
    note: str = Field("", max_length=300)
    answered: int = Field(0, ge=0)
    skipped: int = Field(0, ge=0)


def signature_hashes(payload: PhoneFinish) -> list[str]:
    """Hash of the signature, if there is one."""
    return [payload.signature] if payload.signature else []
