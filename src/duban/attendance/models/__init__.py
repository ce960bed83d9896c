"""Whether the posts were manned: one row for each slot of post, day and shift."""

from duban.attendance.models.slots import Slot

__all__ = ["Slot"]
