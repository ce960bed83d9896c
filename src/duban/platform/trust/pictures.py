"""What photos say for or against a record, compared with what the phone said and with earlier photos. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from duban.kernel.doubts import Signals, TrustLimits
from duban.kernel.geo import metres_between
from duban.platform.trust.shapes import PhotoSeen, Point, Print, Use

SAME_SCENE = timedelta(minutes=30)
"""Photos of one place taken within this time may be alike: they show the same scene."""


@dataclass(frozen=True)
class Shown:
    """A record with its photos, as far as they matter here.

    `cameras` are those that other photos from its phone name; `stand` is the middle of the place the record belongs to,
    with its radius in metres.
    """

    id: UUID
    tag: str
    captured_at: datetime
    point: Point | None
    photos: tuple[PhotoSeen, ...]
    cameras: frozenset[str] = frozenset()
    stand: tuple[Point, int] | None = None


@dataclass(frozen=True)
class Twin:
    """The most alike photo of another record: by how many bits it differs, which one, and in which record."""

    bits: int
    sha256: str
    other: str
    record: UUID


class Gallery:
    """Photos handed in before, ready to be compared with many others."""

    def __init__(self, uses: Sequence[Use]) -> None:
        self._uses = tuple(uses)
        self._hashes = np.array([use.phash for use in uses], dtype=np.uint64)

    def twin(self, shown: Shown, prints: Mapping[str, Print], limits: TrustLimits) -> Twin | None:
        """The most alike photo of another record made before, or at the same moment."""
        alike = self._alike(shown, prints, limits)
        found = [
            Twin(bits, sha256, use.sha256, use.envelope) for sha256, use, bits in alike if use.captured_at <= shown.captured_at
        ]
        return min(found, key=lambda twin: (twin.bits, twin.record, twin.other), default=None)

    def followers(self, shown: Shown, prints: Mapping[str, Print], limits: TrustLimits) -> set[UUID]:
        """Records made later that repeat a photo of this one, which came late itself."""
        return {use.envelope for _, use, _ in self._alike(shown, prints, limits) if use.captured_at > shown.captured_at}

    def _alike(self, shown: Shown, prints: Mapping[str, Print], limits: TrustLimits) -> Iterator[tuple[str, Use, int]]:
        for photo in shown.photos:
            own = prints.get(photo.sha256)
            if own is None or own.phash is None or not self._uses:
                continue
            bits = np.bitwise_count(self._hashes ^ np.uint64(own.phash))
            for index in np.flatnonzero(bits <= max(limits.twin_bits, limits.twin_here_bits)):
                use, differ = self._uses[int(index)], int(bits[index])
                if use.envelope != shown.id and _is_twin(shown, use, differ, limits):
                    yield photo.sha256, use, differ


def with_photos(
    signals: Signals, shown: Shown, prints: Mapping[str, Print], gallery: Gallery, limits: TrustLimits
) -> tuple[Signals, Twin | None]:
    """The signals with what the photos add to them, and the earlier photo that one of them repeats."""
    twin = gallery.twin(shown, prints, limits)
    read = [(photo, prints[photo.sha256]) for photo in shown.photos if photo.sha256 in prints]
    added = replace(
        signals,
        twin_bits=twin.bits if twin else None,
        exif_min=_minutes(read),
        exif_m=_metres(read, shown),
        cameras=_cameras(read, shown.cameras),
        is_edited=any(found.is_edited for _, found in read),
    )
    return added, twin


def _is_twin(shown: Shown, use: Use, bits: int, limits: TrustLimits) -> bool:
    if not shown.tag or use.tag != shown.tag:
        return bits <= limits.twin_bits
    return bits <= limits.twin_here_bits and abs(shown.captured_at - use.captured_at) > SAME_SCENE


def _minutes(read: Sequence[tuple[PhotoSeen, Print]]) -> int | None:
    gaps = [abs(found.taken_at - photo.taken_at) for photo, found in read if found.taken_at]
    return round(max(gaps).total_seconds() / 60) if gaps else None


def _metres(read: Sequence[tuple[PhotoSeen, Print]], shown: Shown) -> int | None:
    """How far the place inside a photo is from where the phone said it was, or outside the circle of the place itself.

    A phone that tells a false position, or none, cannot make a photo from elsewhere agree with the place.
    """
    found = [seen.point for _, seen in read if seen.point]
    pairs = [(photo.point or shown.point, seen.point) for photo, seen in read]
    metres = [metres_between(said, seen) for said, seen in pairs if said and seen]
    if shown.stand is not None:
        middle, radius = shown.stand
        metres += [max(0, metres_between(middle, point) - radius) for point in found]
    return max(metres, default=None)


def _cameras(read: Sequence[tuple[PhotoSeen, Print]], others: frozenset[str]) -> int:
    own = {found.camera for _, found in read if found.camera}
    return len(own | others) if own else 1
