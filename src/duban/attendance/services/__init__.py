"""Writes of attendance, by aggregate."""

from duban.attendance.services.slots import decide_slot, record_slots

__all__ = ["decide_slot", "record_slots"]
