"""What the API says and takes about estates, places and posts."""

from datetime import time
from decimal import Decimal

from ninja import Field, Schema

from duban.estates.domain.details import EstateDetails, PlaceDetails, PostDetails
from duban.estates.domain.places import DEFAULT_RADIUS_M, RADIUS_LIMIT_M
from duban.estates.domain.posts import Fence, Pattern, Requirement
from duban.estates.models import EstateKind, PlaceKind


class Page(Schema):
    """Which page of a list is asked for: what follows a code, and how many rows."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class EstateOut(Schema):
    """An estate."""

    code: str
    name: str
    short_name: str
    kind: str
    office: str = Field(alias="office.code")
    city: str
    address: str
    area_m2: Decimal
    household_count: int
    service_fee_per_m2: Decimal | None
    grade_scheme: str
    grade_level: str
    grade_rank: int | None
    external_number: str


class EstateIn(Schema):
    """The fields of an estate that are entered. Area in m², fee in CNY per m² and month."""

    name: str = Field(min_length=1, max_length=60)
    city: str = Field(min_length=1, max_length=24)
    kind: EstateKind = EstateKind.RESIDENTIAL
    short_name: str = Field("", max_length=24)
    address: str = Field("", max_length=160)
    area_m2: Decimal = Field(Decimal(0), ge=0, max_digits=12, decimal_places=2)
    household_count: int = Field(0, ge=0, le=1_000_000)
    service_fee_per_m2: Decimal | None = Field(None, ge=0, max_digits=8, decimal_places=2)
    grade_scheme: str = Field("", max_length=40)
    grade_level: str = Field("", max_length=20)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    external_number: str = Field("", max_length=40)

    def details(self) -> EstateDetails:
        """As the service takes it."""
        return EstateDetails(**{name: getattr(self, name) for name in EstateDetails.__dataclass_fields__})


class NewEstate(EstateIn):
    """An estate that is entered, with the code of its office."""

    office: str


class PlaceOut(Schema):
    """A place with the tag on its label."""

    tag: str
    name: str
    kind: str
    number: str
    parent: str | None = Field(None, alias="parent.tag")
    household_count: int
    latitude: Decimal | None
    longitude: Decimal | None
    radius_m: int
    is_rotating: bool
    plan_x: Decimal | None
    plan_y: Decimal | None


class PlaceIn(Schema):
    """A place and the tag of the place it lies in."""

    kind: PlaceKind
    name: str = Field(min_length=1, max_length=80)
    number: str = Field("", max_length=40)
    household_count: int = Field(0, ge=0, le=1_000_000)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    radius_m: int = Field(DEFAULT_RADIUS_M, ge=1, le=RADIUS_LIMIT_M)
    is_rotating: bool = False
    plan_x: Decimal | None = Field(None, ge=0, le=100, max_digits=5, decimal_places=2)
    plan_y: Decimal | None = Field(None, ge=0, le=100, max_digits=5, decimal_places=2)
    parent: str = ""

    def details(self) -> PlaceDetails:
        """As the service takes it."""
        return PlaceDetails(**{name: getattr(self, name) for name in PlaceDetails.__dataclass_fields__})


class PostOut(Schema):
    """A post."""

    code: str
    estate: str = Field(alias="estate.code")
    service_line: str
    name: str
    hours_per_week: Decimal
    heads: Decimal
    crew_size: Decimal
    pattern: str
    first_shift_at: time | None
    fence: str
    required_credentials: list[str]
    grace_minutes: int | None
    free_misses: int | None
    is_night: bool
    is_active: bool


class PostIn(Schema):
    """The fields of a post that are entered, and the tag of its place."""

    service_line: str = Field(max_length=24)
    name: str = Field(min_length=1, max_length=60)
    hours_per_week: Decimal = Field(ge=0, le=168, max_digits=5, decimal_places=1)
    heads: Decimal = Field(Decimal(1), ge=0, max_digits=5, decimal_places=1)
    crew_size: Decimal = Field(Decimal(0), ge=0, max_digits=5, decimal_places=1)
    pattern: Pattern = Pattern.ONE_8
    first_shift_at: time | None = None
    fence: Fence = Fence.EXCEPTION
    required_credentials: list[Requirement] = Field([], max_length=12)
    grace_minutes: int | None = Field(None, ge=0, le=240)
    free_misses: int | None = Field(None, ge=0, le=60)
    is_night: bool = False
    is_active: bool = True
    place: str = ""

    def details(self) -> PostDetails:
        """As the service takes it."""
        return PostDetails(**{name: getattr(self, name) for name in PostDetails.__dataclass_fields__})
