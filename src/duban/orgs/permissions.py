"""Rights of the organisation, and who may do what to whom."""

from collections.abc import Collection
from enum import StrEnum

from duban.kernel.actor import Actor
from duban.orgs.domain.roles import Role
from duban.orgs.models import Unit, UnitKind


class OrgsCode(StrEnum):
    """Codes of the organisation."""

    VIEW = "orgs.view"
    EDIT = "orgs.edit"
    GRANT = "orgs.grant"


def can_edit_unit(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may rename or move the unit, or found one below it."""
    return actor.can(OrgsCode.EDIT, unit.path)


def can_edit_person(actor: Actor, paths: Collection[str]) -> bool:
    """Whether every place where the person holds a role (`paths`) lies where the actor may edit people.

    A right over one office does not reach a colleague who also works for another one.
    """
    return bool(paths) and all(actor.can(OrgsCode.EDIT, path) for path in paths)


def fits(role: Role, unit: Unit) -> bool:
    """Whether a role is held at this kind of unit: vendor roles at vendor companies, all others at offices."""
    return role.is_vendor == (unit.kind == UnitKind.VENDOR)
