"""What is said about an estate, a place or a post when it is entered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from duban.estates.domain.places import DEFAULT_RADIUS_M
from duban.estates.domain.posts import Fence, Pattern


@dataclass(frozen=True)
class EstateDetails:
    """All fields of an estate that a person enters. Area in m², fee in CNY per m² and month."""

    name: str
    city: str
    kind: str = "residential"
    short_name: str = ""
    address: str = ""
    area_m2: Decimal = Decimal(0)
    household_count: int = 0
    service_fee_per_m2: Decimal | None = None
    grade_scheme: str = ""
    grade_level: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    external_number: str = ""


@dataclass(frozen=True)
class PlaceDetails:
    """One place; its parent is named by the service that places it."""

    kind: str
    name: str
    number: str = ""
    household_count: int = 0
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    radius_m: int = DEFAULT_RADIUS_M
    is_rotating: bool = False
    plan_x: Decimal | None = None
    plan_y: Decimal | None = None


@dataclass(frozen=True)
class PostDetails:
    """One post. `hours_per_week` is how long it is manned, `heads` how many man it at once, `crew_size` how many share it.

    `grace_minutes` and `free_misses` are `None` where the contract line (or T17) says it.
    """

    service_line: str
    name: str
    hours_per_week: Decimal
    heads: Decimal = Decimal(1)
    crew_size: Decimal = Decimal(0)
    pattern: str = Pattern.ONE_8
    first_shift_at: time | None = None
    fence: str = Fence.EXCEPTION
    required_credentials: Sequence[str] = field(default_factory=list)
    grace_minutes: int | None = None
    free_misses: int | None = None
    is_night: bool = False
    is_active: bool = True
