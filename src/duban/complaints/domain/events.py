"""What complaints announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ComplaintReceived:
    """A complaint came in."""

    code: str
    estate: str
    is_urgent: bool


@dataclass(frozen=True)
class ComplaintRouted:
    """A complaint was given to the contract line that must answer it."""

    code: str
    line_id: int


@dataclass(frozen=True)
class ComplaintReopened:
    """The owner was not content with the answer."""

    code: str
    reason: str
