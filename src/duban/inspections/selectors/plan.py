"""Where the open findings of an estate lie: on its plan, on the ground, or by building and floor."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from duban.estates.models import Estate, Place
from duban.inspections.models import Finding
from duban.inspections.permissions import Code
from duban.inspections.selectors.findings import finding_list
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.files.selectors import file_url

MOST = 500
SHOWN = ("open", "reopened", "rectified")


@dataclass(frozen=True)
class Dot:
    """One finding at its spot; x and y in per cent of the plan, or longitude and latitude."""

    finding: Finding
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Spot:
    """A named place of the estate on the ground."""

    name: str
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Field:
    """So many open findings in one building on one floor (or in one zone); `state` words are counted together."""

    building: str
    floor: str
    count: int


@dataclass(frozen=True)
class PlanPage:
    """The findings of an estate by place. `kind` is `plan`, `ground` or `grid`; `unplaced` are those without a spot.

    `spots` are the places round about, where there is no picture that shows them.
    """

    estate: Estate
    kind: str
    picture: str
    dots: tuple[Dot, ...]
    spots: tuple[Spot, ...]
    fields: tuple[Field, ...]
    findings: tuple[Finding, ...]
    unplaced: int


def plan_estates(actor: Actor) -> "QuerySet[Estate]":
    """Estates whose findings the actor may see on a plan, by name."""
    actor.require(Code.VIEW)
    return Estate.objects.for_actor(actor).select_related("office", "plan").order_by("name", "id")


def plan_page(actor: Actor, code: str) -> PlanPage:
    """The plan of one estate: three statements, on the bare ground four. `NotFound` for an estate outside the scope.

    A place without a spot of its own lends that of the nearest place above it. Dots are drawn where at least one
    finding has a spot on the plan, else where one has a position on the ground, else the grid counts.
    """
    estate = plan_estates(actor).filter(code=code).first()
    if estate is None:
        raise NotFound
    rows = finding_list(actor).filter(line__estate=estate, state__in=SHOWN).order_by("due_on", "id")
    findings = tuple(rows[:MOST])
    places = _places(findings)
    on_plan = _dots(findings, places, "plan_x", "plan_y") if estate.plan else ()
    on_ground = () if on_plan else _dots(findings, places, "longitude", "latitude")
    dots = on_plan or on_ground
    return PlanPage(
        estate=estate,
        kind="plan" if on_plan else "ground" if on_ground else "grid",
        picture=file_url(estate, estate.plan, variant="display") if on_plan and estate.plan else "",
        dots=dots,
        spots=_spots(estate) if on_ground else (),
        fields=() if dots else _fields(findings, places),
        findings=findings,
        unplaced=len(findings) - len(dots) if dots else 0,
    )


def _spots(estate: Estate) -> tuple[Spot, ...]:
    tops = Place.objects.filter(estate=estate, parent=None).order_by("id")
    found = tops.exclude(latitude=None).exclude(longitude=None).values_list("name", "longitude", "latitude")[:MOST]
    return tuple(Spot(name, x, y) for name, x, y in found if x is not None and y is not None)


def _places(findings: Sequence[Finding]) -> dict[int, Place]:
    """The places of the findings and all above them."""
    keys = {int(part) for row in findings if row.place for part in row.place.path.strip("/").split("/") if part}
    return Place.objects.in_bulk(list(keys))


def _chain(finding: Finding, places: dict[int, Place]) -> list[Place]:
    """The place of a finding and those above it, the nearest first."""
    if finding.place is None:
        return []
    keys = [int(part) for part in finding.place.path.strip("/").split("/") if part]
    return [places[key] for key in reversed(keys) if key in places]


def _dots(findings: Sequence[Finding], places: dict[int, Place], across: str, down: str) -> tuple[Dot, ...]:
    found = []
    for finding in findings:
        spots = ((getattr(place, across), getattr(place, down)) for place in _chain(finding, places))
        spot = next(((x, y) for x, y in spots if x is not None and y is not None), None)
        if spot is not None:
            found.append(Dot(finding, *spot))
    return tuple(found)


def _fields(findings: Sequence[Finding], places: dict[int, Place]) -> tuple[Field, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        chain = _chain(finding, places)
        counts[chain[-1].name if chain else "", chain[-2].name if len(chain) > 1 else ""] += 1
    return tuple(Field(building, floor, count) for (building, floor), count in counts.items())
