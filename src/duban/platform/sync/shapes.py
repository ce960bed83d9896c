"""What goes through the inbox, and how much of it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from duban.platform.sync.models import Stage

MOST_ENVELOPES = 200
MOST_BYTES = 64 * 1024
"""Of one payload, written down canonically."""
MOST_FILES = 100
"""That one envelope may need."""
CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True)
class Sent:
    """One envelope as the phone wrote it."""

    id: UUID
    kind: str
    version: int
    captured_at: datetime
    payload: Mapping[str, Any]
    sha256: str


@dataclass(frozen=True)
class Answer:
    """What the phone is told of one envelope. `is_new` says whether this delivery brought it."""

    id: UUID
    stage: Stage
    is_new: bool = False
    record: str = ""
    reason: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Progress:
    """How much of a file has arrived."""

    received: int
    size: int
    is_complete: bool
