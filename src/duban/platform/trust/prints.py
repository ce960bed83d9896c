"""What the server reads from a photo: a perceptual hash, and time, place and maker inside the file."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import imagehash
from django.utils.timezone import get_default_timezone
from PIL import Image, ImageStat, UnidentifiedImageError

from duban.platform.files.storage import file_store, original_key
from duban.platform.trust.shapes import Point, Print

EXIF, GPS = 0x8769, 0x8825
MAKE, MODEL, SOFTWARE, TAKEN, OFFSET = 0x010F, 0x0110, 0x0131, 0x9003, 0x9011
EDITORS = ("photoshop", "lightroom", "gimp", "snapseed", "picsart", "meitu", "美图", "醒图")
PLAIN_BELOW = 4.0
"""Standard deviation of the brightness below which a picture shows nothing, and looks like every other of its kind."""


def read_print(sha256: str) -> Print:
    """Read one stored photo; a file that cannot be read as a picture tells nothing."""
    try:
        with file_store().open(original_key(sha256)) as source, Image.open(source) as picture:
            exif = picture.getexif()
            inner, gps = exif.get_ifd(EXIF), exif.get_ifd(GPS)
            return Print(
                sha256=sha256,
                phash=_phash(picture),
                taken_at=_moment(inner),
                point=_point(gps),
                camera=_camera(exif),
                is_edited=any(name in str(exif.get(SOFTWARE, "")).lower() for name in EDITORS),
            )
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return Print(sha256)


def signed(phash: int) -> int:
    """The 64 bits as the database keeps them."""
    return phash - (1 << 64) if phash >= 1 << 63 else phash


def unsigned(stored: int) -> int:
    """The 64 bits as they are compared."""
    return stored % (1 << 64)


def _phash(picture: Image.Image) -> int | None:
    picture.draft("L", (256, 256))
    grey = picture.convert("L")
    if ImageStat.Stat(grey).stddev[0] < PLAIN_BELOW:
        return None
    return int(str(imagehash.phash(grey)), 16)


def _moment(inner: Mapping[int, Any]) -> datetime | None:
    try:
        plain = datetime.strptime(str(inner[TAKEN]).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
    except (KeyError, ValueError):
        return None
    return plain.replace(tzinfo=_zone(str(inner.get(OFFSET, "")).strip("\0 ")) or get_default_timezone()).astimezone(UTC)


def _zone(offset: str) -> timezone | None:
    try:
        hours, minutes = offset[1:].split(":")
        gap = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-gap if offset[0] == "-" else gap)
    except (ValueError, IndexError):
        return None


def _camera(exif: Mapping[int, Any]) -> str:
    """Maker and model; most models begin with the maker's name already."""
    maker, model = (" ".join(str(exif.get(tag, "")).replace("\0", " ").split()) for tag in (MAKE, MODEL))
    named = model if model.lower().startswith(maker.lower()) else f"{maker} {model}"
    return named.strip()[:80]


def _point(gps: Mapping[int, Any]) -> Point | None:
    try:
        latitude, longitude = _degrees(gps[2], gps[1] == "S"), _degrees(gps[4], gps[3] == "W")
    except (KeyError, ValueError, TypeError, ZeroDivisionError):
        return None
    return (latitude, longitude)


def _degrees(parts: Any, is_negative: bool) -> Decimal:  # noqa: FBT001 - south and west
    degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
    found = (degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))
    return -found if is_negative else found
