"""A complaint on its way in, from whichever door."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ComplaintInput:
    """What the desk, a file or another system says about a complaint. `line_id` routes it at once."""

    estate_id: int
    category: str
    channel: str
    text: str
    received_at: datetime
    service_line: str = ""
    line_id: int | None = None
    place_name: str = ""
    reporter_name: str = ""
    reporter_contact: str = ""
    external_number: str = ""
