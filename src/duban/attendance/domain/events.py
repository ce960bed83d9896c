"""What attendance announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SlotDecided:
    """A person decided a slot after review."""

    code: str
    line_id: int
    day: str
    state: str
    reason: str
