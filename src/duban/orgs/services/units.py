"""The organisation tree: founding, renaming, moving. Paths stay right for whole subtrees with one update."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.domain.tree import is_below, may_stand_below
from duban.orgs.models import Unit, UnitKind
from duban.orgs.permissions import OrgsCode
from duban.platform.audit.services import audited, field_values, write_entry


@transaction.atomic
def tenant_create(*, actor: Actor, name: str, short_name: str = "") -> Unit:
    """Found a property company: the root of a tree of its own. Only the system does this."""
    if not actor.is_system:
        raise NotAllowed
    unit = Unit(kind=UnitKind.GROUP, name=name, short_name=short_name)
    return _founded(actor, unit, "/")


@transaction.atomic
def unit_create(*, actor: Actor, parent: Unit, kind: str, name: str, short_name: str = "", city: str = "") -> Unit:
    """Found a unit below another. Raises `NotAllowed` without `orgs.edit` there, `Invalid` if the kind does not fit."""
    actor.require(OrgsCode.EDIT, parent.path)
    if not may_stand_below(kind, parent.kind):
        raise Invalid(errors=(FieldError("kind", mark("This kind of unit cannot stand there.")),))
    return _founded(actor, Unit(parent=parent, kind=kind, name=name, short_name=short_name, city=city), parent.path)


@transaction.atomic
def unit_edit(*, actor: Actor, unit: Unit, name: str, short_name: str = "", city: str = "") -> Unit:
    """Rename a unit or change its city."""
    actor.require(OrgsCode.EDIT, unit.path)
    with audited(actor=actor, record=unit, action="edit"):
        unit.name, unit.short_name, unit.city = name, short_name, city
        unit.save()
    return unit


@transaction.atomic
def unit_move(*, actor: Actor, unit: Unit, parent: Unit) -> Unit:
    """Hang a unit with everything below it under another parent of the same company.

    Rights are checked at both ends. The root row is locked first, so two moves never cross. Raises `Invalid` for the
    root, for a place inside its own subtree, and for a kind that does not fit there.
    """
    actor.require(OrgsCode.EDIT, unit.path)
    actor.require(OrgsCode.EDIT, parent.path)
    Unit.objects.select_for_update().get(path=unit.tenant_path)
    unit.refresh_from_db()
    parent.refresh_from_db()
    _check_move(unit, parent)
    before, after = unit.path, f"{parent.path}{unit.pk}/"
    old_parent = unit.parent
    Unit.objects.filter(path__startswith=before).update(path=Concat(Value(after), Substr(F("path"), len(before) + 1)))
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    write_entry(
        actor=actor, record=unit, action="move", changes={"parent": [str(old_parent), str(parent)], "path": [before, after]}
    )
    return unit


def _check_move(unit: Unit, parent: Unit) -> None:
    if unit.parent_id is None or unit.tenant_path != parent.tenant_path:
        raise Invalid(errors=(FieldError("parent", mark("A company is not moved into another.")),))
    if is_below(parent.path, unit.path):
        raise Invalid(errors=(FieldError("parent", mark("A unit cannot stand below itself.")),))
    if not may_stand_below(unit.kind, parent.kind):
        raise Invalid(errors=(FieldError("parent", mark("This kind of unit cannot stand there.")),))


def _founded(actor: Actor, unit: Unit, above: str) -> Unit:
    unit.save()
    unit.path = f"{above}{unit.pk}/"
    unit.save(update_fields=["path"])
    changes = {name: [None, value] for name, value in field_values(unit).items()}
    write_entry(actor=actor, record=unit, action="create", changes=changes)
    return unit
