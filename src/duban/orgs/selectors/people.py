"""Reads of people, their roles and their accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.orgs.permissions import can_edit_person
from duban.platform.tables_by_name import wired


def people_inside(code: str, path: str) -> list[Person]:
    """Active people who hold a right today at the unit at `path` or at any unit below it, its vendors left out; one query."""
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    roles = [role.value for role, codes in rights.items() if code in codes]
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=roles, unit__path__startswith=path)
    inside = held.filter(Q(unit__path=path) | ~Q(unit__kind=UnitKind.VENDOR))
    return list(Person.objects.filter(is_active=True, pk__in=inside.values("person_id")).order_by("pk"))


def paths_of_person(person: Person) -> list[str]:
    """Where the person holds a role today; if nowhere any more, where the person ever did."""
    rows = RoleGrant.objects.filter(person=person).order_by("id")
    now = list(rows.in_force(timezone.localdate()).values_list("unit__path", flat=True))
    return now or list(rows.values_list("unit__path", flat=True))


def may_edit(actor: Actor, person: Person) -> bool:
    """Whether the actor may change the person; one query."""
    return can_edit_person(actor, paths_of_person(person))


def person_get(actor: Actor, username: str) -> Person:
    """Somebody the actor may see, by user name; `NotFound` otherwise."""
    person = Person.objects.for_actor(actor).filter(username=username).first()
    if person is None:
        raise NotFound
    return person


def person_self(actor: Actor) -> Person:
    """The person behind the actor."""
    person = Person.objects.get_queryset().filter(pk=actor.person_id or 0).first()
    if person is None:
        raise NotFound
    return person


def person_list(actor: Actor) -> QuerySet[Person]:
    """People the actor may see, with their roles loaded."""
    actor.require("orgs.view")
    grants = RoleGrant.objects.in_force(timezone.localdate()).select_related("unit").order_by("id")
    return Person.objects.for_actor(actor).prefetch_related(Prefetch("grants", queryset=grants, to_attr="roles_now"))


def roles_now(person: Person) -> list[RoleGrant]:
    """The roles in force that `person_list` has loaded with the person."""
    loaded: list[RoleGrant] = getattr(person, "roles_now", [])
    return loaded


def grants_of(actor: Actor, person: Person) -> list[RoleGrant]:
    """Every role somebody holds or held, newest first; of others only those inside the actor's scope."""
    rows = (
        RoleGrant.objects.filter(person=person)
        if person.pk == actor.person_id
        else RoleGrant.objects.for_actor(actor).filter(person=person)
    )
    return list(rows.select_related("unit").order_by("-from_on", "-id"))


def grant_get(actor: Actor, person: Person, pk: int) -> RoleGrant:
    """One grant of a person the actor may see, or `NotFound`."""
    grant = RoleGrant.objects.for_actor(actor).filter(person=person, pk=pk).select_related("unit", "person").first()
    if grant is None:
        raise NotFound
    return grant


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo company, for the sign-in page in demo mode."""

    username: str
    name: str
    role: str
    place: str


def demo_accounts() -> list[DemoAccount]:
    """Every demo account with its first role; empty outside demo mode."""
    if not settings.DUBAN_DEMO:
        return []
    grants = (
        RoleGrant.objects.filter(person__is_demo=True, person__is_active=True).select_related("person", "unit").order_by("id")
    )
    first = {grant.person_id: grant for grant in reversed(list(grants))}
    found = [
        DemoAccount(
            grant.person.username, grant.person.name, gettext(Role(grant.role).label), grant.unit.short_name or grant.unit.name
        )
        for grant in first.values()
    ]
    order = [gettext(role.label) for role in Role]
    return sorted(found, key=lambda account: order.index(account.role))


def person_by_username(tenant: Unit, username: str) -> Person:
    """An active person of a tenant by the name used at sign-in, for commands; raises `NotFound`."""
    found = (
        Person.objects.filter(username=username, is_active=True, grants__unit__path__startswith=tenant.path).distinct().first()
    )
    if found is None:
        raise NotFound
    return found
