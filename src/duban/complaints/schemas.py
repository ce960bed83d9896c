"""What the API says and takes about complaints."""

from datetime import datetime

from ninja import Field, Schema

from duban.complaints.models import Complaint, IntakeChannel


class Paging(Schema):
    """Which page of a list: `after` is the last code of the page before."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class StatePaging(Paging):
    """The same, narrowed to one state."""

    state: str = Field("", max_length=24)


class ComplaintIn(Schema):
    """A complaint. Estate by code, name or own number; the same `external_number` at an estate is one complaint."""

    estate: str = Field(max_length=60)
    category: str = Field(max_length=24)
    text: str = Field(min_length=1, max_length=2000)
    received_at: datetime
    channel: IntakeChannel = IntakeChannel.IMPORT
    external_number: str = Field("", max_length=60)
    service_line: str = Field("", max_length=24)
    place_name: str = Field("", max_length=80)
    reporter_name: str = Field("", max_length=40)
    reporter_contact: str = Field("", max_length=60)


class ComplaintOut(Schema):
    """A complaint, without the owner's name and contact."""

    code: str
    estate: str = Field(alias="estate.code")
    contract: str | None
    line: int | None
    category: str
    service_line: str
    channel: str
    text: str
    place_name: str
    received_at: datetime
    due_at: datetime | None
    renegotiated_due_at: datetime | None
    first_reply_at: datetime | None
    closed_at: datetime | None
    validity: str
    state: str
    external_number: str

    @staticmethod
    def resolve_contract(complaint: Complaint) -> str | None:
        return complaint.line.contract.code if complaint.line else None

    @staticmethod
    def resolve_line(complaint: Complaint) -> int | None:
        return complaint.line.number if complaint.line else None


class ReplyIn(Schema):
    """An answer to the owner."""

    text: str = Field(min_length=1, max_length=2000)


class RouteIn(Schema):
    """The contract line that must answer."""

    contract: str = Field(max_length=60)
    line: int = Field(ge=1, le=32767)


class ValidityIn(Schema):
    """Whether the complaint is founded, and why."""

    is_valid: bool
    reason: str = Field(max_length=300)


class ComplaintNoteIn(Schema):
    """The reason of a move."""

    note: str = Field("", max_length=1000)
