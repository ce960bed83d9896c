"""Complaints of owners."""

from datetime import datetime
from zoneinfo import ZoneInfo

from duban.complaints.models import Complaint
from duban.contracts.models import ContractLine

SHANGHAI = ZoneInfo("Asia/Shanghai")
RECEIVED = datetime(2026, 10, 12, 9, 0, tzinfo=SHANGHAI)


def make_complaint(at: ContractLine, **more: object) -> Complaint:
    """A complaint that is already routed to the line `at`, unless `line` says otherwise; `validity` is pending unless given."""
    received = more.pop("received_at", RECEIVED)
    values = {
        "estate": at.estate,
        "line": at,
        "service_line": at.service_line,
        "category": "cleanliness",
        "channel": "phone",
        "text": "楼道有垃圾",
        "received_at": received,
        "day": received.astimezone(SHANGHAI).date(),
        "state": "routed",
    }
    return Complaint.objects.create(**{**values, **more})
