"""Shapes of the organisation in the API."""

from datetime import date

from ninja import Field, Schema

from duban.orgs.domain.roles import Role


class UnitOut(Schema):
    """A unit of the organisation tree."""

    code: str
    kind: str
    name: str
    short_name: str
    city: str
    parent: str | None


class UnitIn(Schema):
    """A unit to be founded below another."""

    parent: str = Field(max_length=24)
    kind: str = Field(max_length=12)
    name: str = Field(min_length=1, max_length=80)
    short_name: str = Field("", max_length=24)
    city: str = Field("", max_length=24)


class RoleOut(Schema):
    """A role held at a unit, from a day on, until a day (exclusive)."""

    role: str
    unit: str
    from_on: date
    until_on: date | None


class RoleIn(Schema):
    """A role to be granted."""

    role: Role
    unit: str = Field(max_length=24)
    from_on: date
    until_on: date | None = None


class PersonOut(Schema):
    """Somebody with an account."""

    username: str
    name: str
    email: str
    language: str
    is_active: bool
    roles: list[RoleOut]


class PersonIn(Schema):
    """An account to be made, with its first role; the answer carries the first password once."""

    username: str = Field(min_length=2, max_length=64)
    name: str = Field(min_length=1, max_length=40)
    email: str = Field("", max_length=254)
    language: str = Field("zh-hans", pattern="^(zh-hans|en)$")
    unit: str = Field(max_length=24)
    role: Role
    from_on: date


class NewPersonOut(Schema):
    """A new account and its first password."""

    person: PersonOut
    password: str


class MeOut(Schema):
    """Who the request acts for, and with which rights."""

    person: PersonOut
    rights: list[str]


class PeoplePage(Schema):
    """Which people: those whose user name follows `after`, at most `limit`."""

    after: str = Field("", max_length=64)
    limit: int = Field(100, ge=1, le=500)
