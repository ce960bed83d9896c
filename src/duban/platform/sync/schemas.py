"""What the field API takes and says."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict

from duban.platform.sync.models import Envelope
from duban.platform.sync.reasons import spoken
from duban.platform.sync.shapes import MOST_ENVELOPES, Answer, Sent

EARLIEST, LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _plausible(moment: datetime) -> datetime:
    if not EARLIEST <= moment < LATEST:
        raise ValueError("must lie between 2020 and 2099")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EnvelopeIn(Schema):
    """One envelope. `sha256` is taken of the payload's canonical JSON: sorted keys, no spaces, UTF-8."""

    id: UUID
    kind: str = Field(max_length=60, pattern=r"^[a-z_.]+$")
    version: int = Field(ge=1, le=1000)
    captured_at: Moment
    payload: dict[str, Any]
    sha256: Hash

    def sent(self) -> Sent:
        """As the service takes it."""
        return Sent(self.id, self.kind, self.version, self.captured_at, self.payload, self.sha256)


class EnvelopesIn(Schema):
    """What a phone sends at once."""

    device: UUID
    sent_at: Moment
    envelopes: list[EnvelopeIn] = Field(min_length=1, max_length=MOST_ENVELOPES)


class ReasonErrorOut(Schema):
    """One field of the payload at fault."""

    field: str
    message: str


class ReasonOut(Schema):
    """Why an envelope waits or was rejected, in the reader's language."""

    code: str
    title: str
    errors: list[ReasonErrorOut]


class EnvelopeAnswerOut(Schema):
    """What became of one envelope; `is_new` says whether this delivery brought it."""

    id: UUID
    state: Literal["applied", "waiting", "rejected"]
    is_new: bool
    reason: ReasonOut | None
    record: str

    @staticmethod
    def of(answer: Answer) -> dict[str, Any]:
        """From what the service says."""
        return {
            "id": answer.id,
            "state": answer.stage.value,
            "is_new": answer.is_new,
            "reason": spoken(answer.reason),
            "record": answer.record,
        }


class EnvelopesOut(Schema):
    """Answers in the order in which the envelopes came."""

    server_time: datetime
    results: list[EnvelopeAnswerOut]


class EnvelopeFilter(Schema):
    """Which of one's own envelopes."""

    state: Literal["", "waiting", "rejected"] = ""
    limit: int = Field(200, ge=1, le=500)


class EnvelopeOut(Schema):
    """An envelope that waits or was rejected."""

    id: UUID
    kind: str
    captured_at: datetime
    received_at: datetime
    state: Literal["applied", "waiting", "rejected"] = Field(alias="stage")
    reason: ReasonOut | None

    @staticmethod
    def resolve_reason(row: Envelope) -> dict[str, Any] | None:
        return spoken(row.reason)


class SentFilter(Schema):
    """Which of the envelopes: after one of them, in a state."""

    after: UUID | None = None
    state: Literal["", "applied", "waiting", "rejected"] = ""
    limit: int = Field(100, ge=1, le=500)


class SentOut(EnvelopeOut):
    """An envelope, who sent it, and the record it became."""

    person: str = Field(alias="person.name")
    device: str
    sent_at: datetime
    record: str


class SentContentOut(SentOut):
    """An envelope with its content as it was sent."""

    sha256: str
    payload: dict[str, Any]

    @staticmethod
    def resolve_payload(row: Envelope) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(row.payload))


class ChallengeOut(Schema):
    """A number to echo at the next check-in."""

    challenge: str
    expires_at: datetime


class ProgressOut(Schema):
    """How much of a file has arrived."""

    received: int
    size: int
    is_complete: bool


class ChunkIn(Schema):
    """Where a piece belongs. `type` is what the phone believes the file to be; its content decides."""

    offset: int = Field(ge=0, le=2**40)
    size: int = Field(ge=1, le=2**40)
    type: str = Field("", max_length=80)


class ChunkOut(Schema):
    """How much has arrived with this piece."""

    received: int
    is_complete: bool


class ConflictOut(Schema):
    """The piece does not fit: go on from `received`."""

    received: int
    is_complete: bool
    code: str = "wrong_offset"
    detail: str


class PhoneOwnerOut(Schema):
    """Whose phone it is."""

    code: str
    name: str
    roles: list[str]
    language: str
    is_vendor: bool


class PackOut(Schema):
    """Everything the phone needs offline. Beside these every section of the wiring's table stands, a list each."""

    model_config = ConfigDict(extra="allow")

    version: str
    made_at: datetime
    server_time: datetime
    me: PhoneOwnerOut
    rules: dict[str, Any]
