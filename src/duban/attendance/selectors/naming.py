"""Lines, routes, rosters and places as other systems name them: by their public codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from duban.attendance.domain.routes import PointPlan, RoutePlan
from duban.attendance.domain.slots import Planned, masked
from duban.attendance.models import Assignment, Roster
from duban.attendance.permissions import can_roster
from duban.attendance.selectors.rosters import assignments_by_key, roster_grid, workers_by_code
from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_reference
from duban.estates.models import Place
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark

WITH_PATHS = ("estate__office", "contract__office", "contract__vendor__unit")
UNKNOWN_PLACE = mark("No place of the estate has this tag: {tag}.")
UNKNOWN_CELL = mark("Nobody is on duty at this cell of the roster.")
UNKNOWN_PERSON = mark("Nobody of the vendor has this code.")


class StopNamed(Protocol):
    """A point as another system says it."""

    place: str
    opens_minute: int
    closes_minute: int
    metres: int | None


class RouteNamed(Protocol):
    """A route as another system says it; places by their tags."""

    name: str
    starts: list[str]
    is_ordered: bool
    is_active: bool

    @property
    def points(self) -> Sequence[StopNamed]:
        """In order."""


@dataclass(frozen=True)
class CellSaid:
    """One cell of a roster that is not empty."""

    cell: str
    planned: str
    worker: str
    conflicts: list[str]


@dataclass(frozen=True)
class RosterSaid:
    """A roster with its cells that are not empty."""

    code: str
    week: date
    state: str
    cells: list[CellSaid]


def line_named(actor: Actor, contract: str, number: int) -> ContractLine:
    """A contract line the actor sees, by code or number of its contract and its own number, or `NotFound`."""
    key = lines_by_reference({(contract, str(number))}, actor=actor).get((contract, str(number)))
    line = ContractLine.objects.select_related(*WITH_PATHS).filter(pk=key or 0).first()
    if line is None:
        raise NotFound
    return line


def plan_named(line: ContractLine, said: RouteNamed) -> RoutePlan:
    """A route with the keys of its places; `Invalid` names each tag that the estate does not know."""
    tags = {point.place for point in said.points}
    places = dict(Place.objects.filter(estate_id=line.estate_id, tag__in=tags).values_list("tag", "pk"))
    errors = [
        FieldError(f"points.{number}.place", UNKNOWN_PLACE, {"tag": point.place})
        for number, point in enumerate(said.points)
        if point.place not in places
    ]
    if errors:
        raise Invalid(errors=tuple(errors))
    points = tuple(PointPlan(places[one.place], one.opens_minute, one.closes_minute, one.metres) for one in said.points)
    return RoutePlan(said.name, tuple(said.starts), points, said.is_ordered, said.is_active)


def roster_said(actor: Actor, roster: Roster) -> RosterSaid:
    """A roster's cells with their conflicts; only the vendor reads whole names."""
    grid = roster_grid(actor, roster)
    is_vendor = can_roster(actor, roster.line)
    cells = []
    for row in grid.rows:
        for cell in row.cells:
            planned, worker = cell.placement
            name = grid.people.written(worker) if worker and is_vendor else masked(grid.people.named(worker or 0))
            if planned is not Planned.BLANK:
                cells.append(CellSaid(cell.key, planned.value, name, [one.conflict.value for one in cell.found]))
    return RosterSaid(roster.code, roster.week, roster.state, cells)


def proposal_named(roster: Roster, cell: str, other: str, worker: str) -> dict[str, Any]:
    """Who changes with whom, as the service of swaps takes it; `Invalid` names what is unknown."""
    places: dict[str, Assignment] = assignments_by_key(roster)
    people = workers_by_code(roster.line.contract.vendor) if worker else {}
    said = (
        ("cell", cell, places, UNKNOWN_CELL),
        ("other", other, places, UNKNOWN_CELL),
        ("worker", worker, people, UNKNOWN_PERSON),
    )
    errors = [FieldError(name, why) for name, text, known, why in said if text not in known and (text or name == "cell")]
    if errors:
        raise Invalid(errors=tuple(errors))
    return {"assignment": places[cell], "other": places.get(other), "worker": people.get(worker)}
