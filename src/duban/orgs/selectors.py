"""Reads of the organisation, and the one place where an actor is made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from duban.kernel.actor import Actor, Channel, Grant
from duban.kernel.errors import NotFound
from duban.orgs.domain.roles import Role
from duban.orgs.domain.tree import paths_above
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.orgs.permissions import can_edit_person
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.platform.tables_by_name import wired


def actor_for_person(
    person: Person, *, channel: Channel = Channel.WEB, request_id: str = "", address: str = "", today: date | None = None
) -> Actor:
    """The actor a signed-in person is today: one query for the grants in force.

    A person belongs to one tenant; without any grant in force the actor sees nothing.
    """
    today = today or timezone.localdate()
    in_force = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    rows = RoleGrant.objects.filter(in_force, person=person).select_related("unit").order_by("id")
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


def unit_names(paths: Sequence[str]) -> list[str]:
    """Short names of the units at these paths, from the root down; one query."""
    rows = Unit.objects.filter(path__in=paths).order_by("path")
    return [unit.short_name or unit.name for unit in rows]


def people_with(code: str, path: str) -> list[Person]:
    """Active people who hold a right over the unit at `path` today: there, or at any unit above it; one query."""
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    roles = [role.value for role, codes in rights.items() if code in codes]
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=roles, unit__path__in=paths_above(path))
    return list(Person.objects.filter(is_active=True, pk__in=held.values("person_id")).order_by("pk"))


def people_inside(code: str, path: str) -> list[Person]:
    """Active people who hold a right today at the unit at `path` or at any unit below it, its vendors left out; one query."""
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    roles = [role.value for role, codes in rights.items() if code in codes]
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=roles, unit__path__startswith=path)
    inside = held.filter(Q(unit__path=path) | ~Q(unit__kind=UnitKind.VENDOR))
    return list(Person.objects.filter(is_active=True, pk__in=inside.values("person_id")).order_by("pk"))


def actors_named(names: Collection[str], tenant_path: str) -> list[Actor]:
    """Active people of a company by their display names, as the actors they are today."""
    held = RoleGrant.objects.filter(unit__path__startswith=tenant_path)
    people = Person.objects.filter(is_active=True, name__in=list(names), pk__in=held.values("person_id"))
    return [actor_for_person(person) for person in people.order_by("pk")]


def paths_of_person(person: Person) -> list[str]:
    """Where the person holds a role today; if nowhere any more, where the person ever did."""
    rows = RoleGrant.objects.filter(person=person).order_by("id")
    now = list(rows.in_force(timezone.localdate()).values_list("unit__path", flat=True))
    return now or list(rows.values_list("unit__path", flat=True))


def may_edit(actor: Actor, person: Person) -> bool:
    """Whether the actor may change the person; one query."""
    return can_edit_person(actor, paths_of_person(person))


def held_codes(actor: Actor) -> list[tuple[str, str]]:
    """Every right the actor holds anywhere, with its name, for choices in forms."""
    labels = cast("Mapping[str, str]", wired("DUBAN_RIGHT_LABELS"))
    codes = sorted({code for grant in actor.grants for code in grant.codes})
    return [(code, gettext(labels.get(code, code))) for code in codes]


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


@dataclass(frozen=True)
class MatrixRow:
    """One right and, role by role in the order of `Role`, whether the role holds it."""

    code: str
    label: str
    held: tuple[bool, ...]


@dataclass(frozen=True)
class MatrixGroup:
    """The rights of one app."""

    name: str
    rows: tuple[MatrixRow, ...]


def permission_matrix() -> tuple[MatrixGroup, ...]:
    """Role × right, grouped by app, from the one table that also makes the actors."""
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    labels = cast("Mapping[str, str]", wired("DUBAN_RIGHT_LABELS"))
    groups: dict[str, list[MatrixRow]] = {}
    for code in sorted({code for codes in rights.values() for code in codes}):
        held = tuple(code in rights.get(role, frozenset()) for role in Role)
        row = MatrixRow(code, gettext(labels[code]) if code in labels else code, held)
        groups.setdefault(code.split(".")[0], []).append(row)
    return tuple(MatrixGroup(gettext(labels.get(name, name)), tuple(rows)) for name, rows in groups.items())


def role_names() -> list[str]:
    """Names of the roles in the order of `Role`."""
    return [gettext(role.label) for role in Role]


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
