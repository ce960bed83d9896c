"""What is looked at when a record from the field is graded."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from duban.kernel.doubts import Liveness
from duban.kernel.trust import Floors

Point = tuple[Decimal, Decimal]
"""Latitude and longitude."""


@dataclass(frozen=True)
class Stand:
    """Where a record belongs: the code on the wall, and the circle in which a phone stands there."""

    tag: str
    point: Point | None = None
    radius_m: int = 0
    is_rotating: bool = False


@dataclass(frozen=True)
class Ground:
    """What an app knows of an envelope before it is graded: where it belongs, who may look at it, what counts by itself.

    `office` and `keeper` are the paths at which the right to decide may be held; `title` and `about` say in the users'
    words what the record is; `page` is the name of the address that opens the record by its code.
    """

    office: str
    keeper: str
    stand: Stand | None = None
    floors: Floors = field(default_factory=Floors)
    title: str = ""
    about: str = ""
    page: str = ""


@dataclass(frozen=True)
class Reading:
    """Where the phone says it was."""

    point: Point
    accuracy: int = 0
    is_mock: bool = False


@dataclass(frozen=True)
class PhotoSeen:
    """A photo of a record, and what the phone says about it."""

    sha256: str
    taken_at: datetime
    point: Point | None = None
    is_gallery: bool = False


@dataclass(frozen=True)
class Scan:
    """How the place was named: by which method, and what the code said."""

    method: str
    token: str = ""


@dataclass(frozen=True)
class Evidence:
    """Everything one envelope brings along that speaks for or against it."""

    id: UUID
    kind: str
    device: str
    captured_at: datetime
    sent_at: datetime
    received_at: datetime
    ground: Ground
    liveness: Liveness | None = None
    scan: Scan | None = None
    reading: Reading | None = None
    is_position_missing: bool = False
    photos: tuple[PhotoSeen, ...] = ()

    @property
    def stand(self) -> Stand | None:
        """Where the record belongs."""
        return self.ground.stand

    @property
    def tag(self) -> str:
        """The code of the place, if the record belongs to one."""
        return self.stand.tag if self.stand else ""


@dataclass(frozen=True)
class Trace:
    """Another record as it matters here: of which kind, by whom, with which phone, when, where."""

    person: int
    device: str
    kind: str
    captured_at: datetime
    point: Point | None = None


@dataclass(frozen=True)
class Print:
    """What the server read from a photo: its perceptual hash, and time, place and camera inside the file."""

    sha256: str
    phash: int | None = None
    taken_at: datetime | None = None
    point: Point | None = None
    camera: str = ""
    is_edited: bool = False


@dataclass(frozen=True)
class Use:
    """A photo as it was handed in before: with which record, at which place, when."""

    envelope: UUID
    sha256: str
    phash: int
    tag: str
    captured_at: datetime
