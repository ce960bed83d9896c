"""What the API says and takes about rosters. Only the vendor's own people write them."""

from datetime import date, datetime

from ninja import Field, Schema


class RosterOpenIn(Schema):
    """Which line and which week; any day of the week will do."""

    contract: str = Field(max_length=60)
    line: int = Field(ge=1, le=32767)
    day: date


class RosterCellsIn(Schema):
    """Cells by their public names (`PO-2026-0001.2026-10-05.day`): a name, a code, or a word for rest, leave, left vacant."""

    cells: dict[str, str] = Field(max_length=1000)


class RosterOut(Schema):
    """A roster of one line for one week."""

    code: str
    contract: str = Field(alias="line.contract.code")
    line: int = Field(alias="line.number")
    week: date
    state: str
    published_at: datetime | None


class CellOut(Schema):
    """One cell: what is planned, who stands there (masked for everybody but the vendor), and what is wrong with it."""

    cell: str
    planned: str
    worker: str
    conflicts: list[str]


class RosterPageOut(Schema):
    """A roster with its cells that are not empty."""

    code: str
    week: date
    state: str
    cells: list[CellOut]


class SwapIn(Schema):
    """A place on the roster by its cell, and either the other place or the code of the person who stands in."""

    cell: str = Field(max_length=60)
    other: str = Field("", max_length=60)
    worker: str = Field("", max_length=24)
    reason: str = Field(max_length=200)


class SwapOut(Schema):
    """A swap and where it stands."""

    code: str
    state: str
    reason: str
