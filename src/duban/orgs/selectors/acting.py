"""The one place where an actor is made, and who holds a right where."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast

from django.utils import timezone

from duban.kernel.actor import Actor, Channel, Grant
from duban.orgs.domain.roles import Role
from duban.orgs.domain.tree import paths_above
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.platform.tables_by_name import wired


def actor_for_person(
    person: Person, *, channel: Channel = Channel.WEB, request_id: str = "", address: str = "", today: date | None = None
) -> Actor:
    """The actor a signed-in person is today: one query for the grants in force.

    A person belongs to one tenant; without any grant in force the actor sees nothing.
    """
    today = today or timezone.localdate()
    return _acting(person, _held({person.pk}, today).get(person.pk, []), channel, request_id, address)


def actors_of(people: Collection[int], *, channel: Channel = Channel.JOB) -> dict[int, Actor]:
    """Active people by their keys, as the actors they are today; two queries for all of them."""
    held = _held(people, timezone.localdate())
    found = Person.objects.filter(is_active=True, pk__in=people)
    return {person.pk: _acting(person, held.get(person.pk, []), channel, "", "") for person in found}


def _held(people: Collection[int], today: date) -> dict[int, list[RoleGrant]]:
    found: dict[int, list[RoleGrant]] = {}
    for row in RoleGrant.objects.in_force(today).filter(person__in=people).select_related("unit").order_by("id"):
        found.setdefault(row.person_id, []).append(row)
    return found


def _acting(person: Person, rows: list[RoleGrant], channel: Channel, request_id: str, address: str) -> Actor:
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    grants = tuple(
        Grant(
            role=row.role,
            path=row.unit.path,
            is_vendor=row.unit.kind == UnitKind.VENDOR,
            codes=rights.get(Role(row.role), frozenset()),
        )
        for row in rows
    )
    return Actor(
        person_id=person.pk,
        name=person.name,
        tenant_path=rows[0].unit.tenant_path if rows else "/none/",
        grants=grants,
        channel=channel,
        request_id=request_id,
        address=address,
    )


def tenant_roots() -> list[Unit]:
    """Every tenant, for commands and clocks that go through all of them."""
    return list(Unit.objects.filter(parent__isnull=True).order_by("id"))


def people_with(code: str, path: str, *, is_vendor: bool | None = None) -> list[Person]:
    """Active people who hold a right over the unit at `path` today: there, or at any unit above it; one query.

    `is_vendor` keeps only those who hold it for a vendor, or only those who hold it for an office.
    """
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    roles = [role.value for role, codes in rights.items() if code in codes]
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=roles, unit__path__in=paths_above(path))
    if is_vendor is not None:
        held = held.filter(unit__kind=UnitKind.VENDOR) if is_vendor else held.exclude(unit__kind=UnitKind.VENDOR)
    return list(Person.objects.filter(is_active=True, pk__in=held.values("person_id")).order_by("pk"))


def office_roles_with(code: str) -> tuple[Role, ...]:
    """Roles at offices that hold a right, in the order of the trade."""
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    return tuple(role for role in Role if code in rights.get(role, ()) and not role.is_vendor)


def sole_holders(role: str, paths: Collection[str]) -> dict[str, int]:
    """Path of a unit → key of the one active person who holds `role` right there today; units with several are left out."""
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role=role, unit__path__in=paths, person__is_active=True)
    found: dict[str, set[int]] = {}
    for path, person in held.values_list("unit__path", "person_id"):
        found.setdefault(path, set()).add(person)
    return {path: people.pop() for path, people in found.items() if len(people) == 1}


def people_in_role(role: str, path: str) -> list[Person]:
    """Active people who hold `role` over the unit at `path` today: there, or at any unit above it; one query."""
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role=role, unit__path__in=paths_above(path))
    return list(Person.objects.filter(is_active=True, pk__in=held.values("person_id")).order_by("pk"))


def actors_named(names: Collection[str], tenant_path: str) -> list[Actor]:
    """Active people of a company by their display names, as the actors they are today."""
    held = RoleGrant.objects.filter(unit__path__startswith=tenant_path)
    people = Person.objects.filter(is_active=True, name__in=list(names), pk__in=held.values("person_id"))
    return [actor_for_person(person) for person in people.order_by("pk")]
