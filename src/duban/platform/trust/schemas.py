"""What the API says of doubtful records."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from duban.platform.trust.models import TrustReview
from duban.platform.trust.words import reason_words


class ReviewPaging(Schema):
    """Which doubtful records: after a code, in a state, of a grade."""

    after: str = Field("", max_length=24)
    state: Literal["", "waiting", "accepted", "refused", "set_aside"] = ""
    grade: Literal["", "B", "C", "D"] = ""
    limit: int = Field(100, ge=1, le=500)


class TrustReasonOut(Schema):
    """One thing that speaks against a record, in the reader's language."""

    name: str
    text: str
    weight: int


class ReviewOut(Schema):
    """A doubtful record with its reasons and what it counts for now."""

    code: str
    kind: str
    record: str
    title: str
    about: str
    captured_at: datetime
    grade: str
    weight: int
    reasons: list[TrustReasonOut]
    state: str
    counts_score: bool
    counts_money: bool
    note: str
    decided_at: datetime | None

    @staticmethod
    def resolve_reasons(review: TrustReview) -> Any:
        return reason_words(review.mark)


class DecisionIn(Schema):
    """Why the record counts, or does not."""

    note: str = Field(max_length=500)
