"""Screens on site that show the changing code of a place."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ScreenCode:
    """What a screen shows now: the code, until when, and in how many seconds it asks again."""

    text: str
    changes_at: datetime
    seconds: int
