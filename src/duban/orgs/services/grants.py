"""Giving and taking roles."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, RoleGrant, Unit
from duban.orgs.permissions import OrgsCode, fits
from duban.platform.audit.services import audited, write_entry


@transaction.atomic
def role_grant(
    *, actor: Actor, person: Person, unit: Unit, role: Role, from_on: date, until_on: date | None = None
) -> RoleGrant:
    """Give somebody a role at a unit, from a day on, perhaps until a day (exclusive).

    Nobody gives a role to themselves (`NotAllowed`): a second administrator does. Raises `Invalid` if the role does not
    fit the unit, the person belongs to another company, the days are the wrong way round, or the role is held already.
    """
    if person.pk == actor.person_id:
        raise NotAllowed(mark("Nobody grants a role to themselves; ask a second administrator."))
    home = RoleGrant.objects.filter(person=person).select_related("unit").order_by("id").first()
    if home is not None and home.unit.tenant_path != unit.tenant_path:
        raise Invalid(errors=(FieldError("unit", mark("A person belongs to one company only.")),))
    return enter_grant(actor=actor, person=person, unit=unit, role=role, from_on=from_on, until_on=until_on)


@transaction.atomic
def role_revoke(*, actor: Actor, grant: RoleGrant, on: date | None = None, reason: str = "") -> RoleGrant:
    """End a role from a day on (today if none is given); what was done under it keeps its trace."""
    actor.require(OrgsCode.GRANT, grant.unit.path)
    on = max(on or timezone.localdate(), grant.from_on)
    if grant.until_on is not None and grant.until_on <= on:
        raise Invalid(mark("This role has ended already."))
    with audited(actor=actor, record=grant, action="revoke", reason=reason):
        grant.until_on = on
        grant.save()
    return grant


def enter_grant(
    *, actor: Actor, person: Person, unit: Unit, role: Role, from_on: date, until_on: date | None = None
) -> RoleGrant:
    """Check and write one grant; the part that a new account and a further role have in common."""
    actor.require(OrgsCode.GRANT, unit.path)
    if not fits(role, unit):
        raise Invalid(errors=(FieldError("role", mark("Vendor roles are held at vendor companies, all others at offices.")),))
    if until_on is not None and until_on <= from_on:
        raise Invalid(errors=(FieldError("until_on", mark("The last day lies before the first.")),))
    same = RoleGrant.objects.filter(person=person, unit=unit, role=role).select_for_update()
    if any(other.until_on is None or other.until_on > from_on for other in same):
        raise Invalid(errors=(FieldError("role", mark("The person holds this role there already.")),))
    grant = RoleGrant.objects.create(person=person, unit=unit, role=role, from_on=from_on, until_on=until_on)
    changes = {
        "person": [None, person.username],
        "unit": [None, unit.code],
        "role": [None, role.value],
        "from_on": [None, from_on],
        "until_on": [None, until_on],
    }
    write_entry(actor=actor, record=grant, action="grant", changes=changes)
    return grant
