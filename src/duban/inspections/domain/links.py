"""What a link to a rectification notice may do: how long, how often, how much."""

from dataclasses import dataclass

SALT = "duban.inspections.links"
LINK_ROLE = "notice_link"
MOST_DAYS = 30
UPLOAD_LIMIT = 8 * 1024 * 1024
"""Bytes of one photo that comes through a link."""

PHOTO_LIMIT = 6
"""Photos in one answer through a link."""


@dataclass(frozen=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


OPENINGS = Rate(120, 600)
"""From one network address; photos count too."""

REPLIES = Rate(20, 600)
"""Through one link."""
