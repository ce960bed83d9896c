"""Writes of complaints, by aggregate."""

from duban.complaints.services.clocks import (
    complaint_pause,
    complaint_renegotiate,
    complaint_resume,
    complaints_announce_overdue,
)
from duban.complaints.services.intake import complaint_receive
from duban.complaints.services.moves import complaint_move, complaint_reply, complaint_route, complaint_validate

__all__ = [
    "complaint_move",
    "complaint_pause",
    "complaint_receive",
    "complaint_renegotiate",
    "complaint_reply",
    "complaint_resume",
    "complaint_route",
    "complaint_validate",
    "complaints_announce_overdue",
]
