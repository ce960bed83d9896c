"""What the API says and takes about patrol routes."""

from typing import Any

from ninja import Field, Schema


class StopIn(Schema):
    """A point of a route: tag of its place, window in minutes after the round begins, metres where positions do not tell."""

    place: str = Field(max_length=24)
    opens_minute: int = Field(ge=0, le=720)
    closes_minute: int = Field(ge=1, le=720)
    metres: int | None = Field(None, ge=1, le=5000)


class PatrolRouteIn(Schema):
    """A route: points in order, local times at which its rounds begin (`22:00`)."""

    name: str = Field(max_length=60)
    starts: list[str] = Field(max_length=24)
    is_ordered: bool = True
    is_active: bool = True
    points: list[StopIn] = Field(max_length=60)


class PatrolRouteNewIn(PatrolRouteIn):
    """The same for a contract line, named by code or number of the contract and the number of the line."""

    contract: str = Field(max_length=60)
    line: int = Field(ge=1, le=32767)


class StopOut(Schema):
    """A point of a route."""

    place: str = Field(alias="place.tag")
    name: str = Field(alias="place.name")
    order: int
    opens_minute: int
    closes_minute: int
    metres: int | None


class PatrolRouteOut(Schema):
    """A patrol route with its points in order."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    name: str
    starts: list[str]
    is_ordered: bool
    is_active: bool
    points: list[StopOut]

    @staticmethod
    def resolve_points(route: Any) -> list[Any]:
        """In order."""
        return list(route.points.all())
