"""Pieces that payloads of several kinds share. The trust grade reads them by these names: `at`, `position`, `photos`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from duban.platform.sync.schemas import Hash, Moment

Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=10, decimal_places=8)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=11, decimal_places=8)]


class PositionIn(Schema):
    """Where the phone says it was; `accuracy` in whole metres, `is_mock` where the platform tells of a faked one."""

    lat: Latitude
    lon: Longitude
    accuracy: int = Field(0, ge=0, le=1_000_000)
    at: Moment | None = None
    is_mock: bool = False


class PhotoIn(Schema):
    """A photo by the hash of its bytes, which come as a file."""

    sha256: Hash
    taken_at: Moment
    position: PositionIn | None = None
    source: Literal["camera", "gallery"] = "camera"


def photo_hashes(payload: Any) -> Sequence[str]:
    """Hashes of the photos a payload names; for the wiring's `files`."""
    return [photo.sha256 for photo in payload.photos]
