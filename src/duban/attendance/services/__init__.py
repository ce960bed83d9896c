"""Writes of attendance, by aggregate."""

from duban.attendance.services.receiving import receive_slots
from duban.attendance.services.slots import decide_slot, record_slots

__all__ = ["decide_slot", "receive_slots", "record_slots"]
