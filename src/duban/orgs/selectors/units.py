"""Reads of the organisation tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.orgs.models import RoleGrant, Unit
from duban.platform.records import get_by_code
from duban.platform.scope import within


def unit_names(paths: Sequence[str]) -> list[str]:
    """Short names of the units at these paths, from the root down; one query."""
    rows = Unit.objects.filter(path__in=paths).order_by("path")
    return [unit.short_name or unit.name for unit in rows]


def unit_list(actor: Actor) -> list[Unit]:
    """The tree as far as the actor sees it, in tree order."""
    units = list(Unit.objects.for_actor(actor).select_related("parent"))
    return sorted(units, key=lambda unit: [int(part) for part in unit.path.split("/") if part])


def unit_get(actor: Actor, code: str) -> Unit:
    """One unit by its code, or `NotFound`."""
    return get_by_code(Unit.objects.for_actor(actor).select_related("parent"), code)


def units_for(actor: Actor, code: str) -> QuerySet[Unit]:
    """Units at which the actor holds a right, for choices in forms."""
    places = (*actor.office_paths(code), *actor.vendor_paths(code))
    return Unit.objects.filter(within("path", places)).order_by("path")


@dataclass(frozen=True)
class TreeRow:
    """One unit in the tree: how deep it stands, and how many people hold a role there today."""

    unit: Unit
    depth: int
    people_count: int


def tree_page(actor: Actor) -> list[TreeRow]:
    """The organisation tree with head counts; two queries."""
    actor.require("orgs.view")
    held = RoleGrant.objects.for_actor(actor).in_force(timezone.localdate()).filter(person__is_active=True)
    counts = dict(held.values_list("unit_id").annotate(people=Count("person_id", distinct=True)).order_by())
    units = unit_list(actor)
    top = min((unit.path.count("/") for unit in units), default=0)
    return [TreeRow(unit, unit.path.count("/") - top, counts.get(unit.pk, 0)) for unit in units]
