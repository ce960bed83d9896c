"""The people of the tests: two property companies that must never see anything of each other, and a stranger.

Each company has the same shape. `ours` is where a test acts; put something into `theirs` that could leak.

    root ── city ── project         project_two is a second office of the same city
         ├─ vendor_unit             vendor and rival are companies of the tenant
         └─ rival_unit
"""

from collections.abc import Mapping
from dataclasses import dataclass

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.orgs.domain.roles import VENDOR_ROLES, Role
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.orgs.selectors import actor_for_person
from duban.vendors.models import Company, SizeClass
from tests.factories.orgs import LONG_AGO, UnitFactory

CREDIT_CODES = ("91310000MA1FL0AA0X", "91310000MA1FL0BB09", "91310000MA1FL0CC08", "91310000MA1FL0DD07")
AT_CITY = frozenset({Role.CITY_MANAGER})
AT_PROJECT = frozenset({Role.ESTATE_MANAGER, Role.QUALITY_INSPECTOR})


@dataclass(frozen=True)
class Tenant:
    """One property company with a person for every role and two vendors; `rival_manager` acts for the second."""

    root: Unit
    city: Unit
    project: Unit
    project_two: Unit
    vendor: Company
    rival: Company
    estate: Estate
    estate_two: Estate
    people: Mapping[Role, Person]
    rival_manager: Person

    def person(self, role: str) -> Person:
        """The one who holds `role` (`"finance"`, `"vendor_manager"`, …)."""
        return self.rival_manager if role == "rival_manager" else self.people[Role(role)]

    def actor(self, role: str) -> Actor:
        """The same person as an actor, as any request would build it."""
        return actor_for_person(self.person(role))


@dataclass(frozen=True)
class World:
    """Both companies, and somebody who signs in but holds no role anywhere."""

    ours: Tenant
    theirs: Tenant
    stranger: Person

    def person(self, role: str) -> Person:
        """Somebody of ours by role, `"stranger"`, or somebody of theirs as `"their finance"`."""
        if role == "stranger":
            return self.stranger
        tenant, name = (self.theirs, role.removeprefix("their ")) if role.startswith("their ") else (self.ours, role)
        return tenant.person(name)

    def actor(self, role: str) -> Actor:
        """The actor of `person(role)`."""
        return actor_for_person(self.person(role))


ROLES = (*(role.value for role in Role), "rival_manager")
CAST = (*ROLES, *(f"their {role}" for role in ("group_admin", "quality_manager", "finance", "vendor_manager")), "stranger")
"""Everybody the permission table tries."""


def make_world() -> World:
    """Create both companies and the stranger in the database."""
    ours, theirs = make_tenant("甲", CREDIT_CODES[:2]), make_tenant("乙", CREDIT_CODES[2:])
    return World(ours=ours, theirs=theirs, stranger=_people(["stranger"])[0])


def make_tenant(name: str, credit_codes: tuple[str, ...]) -> Tenant:
    """Create one company; `name` makes its names differ from the other's."""
    root = UnitFactory(name=f"{name}物业集团", kind=UnitKind.GROUP)
    city = UnitFactory(name=f"{name}上海公司", kind=UnitKind.CITY, parent=root, city="上海")
    project = UnitFactory(name=f"{name}一项目部", parent=city, city="上海")
    project_two = UnitFactory(name=f"{name}二项目部", parent=city, city="上海")
    vendor, rival = (_company(root, f"{name}{part}保洁", code) for part, code in zip("子丑", credit_codes, strict=True))
    people = _people([f"{root.pk}-{role}" for role in (*Role, "rival_manager")])
    tenant = Tenant(
        root=root,
        city=city,
        project=project,
        project_two=project_two,
        vendor=vendor,
        rival=rival,
        estate=Estate.objects.create(office=project, name=f"{name}一花园", city="上海", area_m2=50_000),
        estate_two=Estate.objects.create(office=project_two, name=f"{name}二花园", city="上海", area_m2=80_000),
        people=dict(zip(Role, people[:-1], strict=True)),
        rival_manager=people[-1],
    )
    _grant_roles(tenant)
    return tenant


def _company(root: Unit, name: str, credit_code: str) -> Company:
    unit = UnitFactory(name=name, kind=UnitKind.VENDOR, parent=root)
    return Company.objects.create(
        tenant=root, unit=unit, name=f"{name}有限公司", short_name=name, credit_code=credit_code, size_class=SizeClass.SMALL
    )


def _people(usernames: list[str]) -> list[Person]:
    people = [Person(username=username, name=username, language="en", password="!") for username in usernames]
    return Person.objects.bulk_create(people)


def _grant_roles(tenant: Tenant) -> None:
    grants = [
        RoleGrant(person=person, unit=_home(tenant, role), role=role, from_on=LONG_AGO)
        for role, person in tenant.people.items()
    ]
    grants.append(RoleGrant(person=tenant.rival_manager, unit=tenant.rival.unit, role=Role.VENDOR_MANAGER, from_on=LONG_AGO))
    RoleGrant.objects.bulk_create(grants)


def _home(tenant: Tenant, role: Role) -> Unit:
    if role in VENDOR_ROLES:
        return tenant.vendor.unit
    if role in AT_CITY:
        return tenant.city
    return tenant.project if role in AT_PROJECT else tenant.root
