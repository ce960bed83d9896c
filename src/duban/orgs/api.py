"""The organisation in the API: the same services and rights as the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.orgs import selectors, services
from duban.orgs.models import Person, RoleGrant, Unit
from duban.orgs.permissions import OrgsCode
from duban.orgs.schemas import MeOut, NewPersonOut, PeoplePage, PersonIn, PersonOut, RoleIn, RoleOut, UnitIn, UnitOut
from duban.platform.requests import actor_of

router = Router(tags=["orgs"])


@router.get("/me", response=MeOut, summary="Who I am")
def me(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    codes = [code for code, _label in selectors.held_codes(actor)]
    person = selectors.person_self(actor)
    return {"person": _person(person, selectors.grants_of(actor, person)), "rights": codes}


@router.get("/units", response=list[UnitOut], summary="The organisation tree")
def units(request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    actor.require(OrgsCode.VIEW)
    return [_unit(unit) for unit in selectors.unit_list(actor)]


@router.get("/units/{code}", response=UnitOut, summary="One unit")
def unit(request: HttpRequest, code: str) -> dict[str, Any]:
    return _unit(selectors.unit_get(actor_of(request), code))


@router.post("/units", response={201: UnitOut}, summary="Found a unit")
def unit_create(request: HttpRequest, body: UnitIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    parent = selectors.unit_get(actor, body.parent)
    values = body.dict(exclude={"parent"})
    return Status(201, _unit(services.unit_create(actor=actor, parent=parent, **values)))


@router.get("/people", response=list[PersonOut], summary="People")
def people(request: HttpRequest, page: Query[PeoplePage]) -> list[dict[str, Any]]:
    rows = selectors.person_list(actor_of(request)).filter(username__gt=page.after).order_by("username")[: page.limit]
    return [_person(person, selectors.roles_now(person)) for person in rows]


@router.get("/people/{username}", response=PersonOut, summary="One person")
def person(request: HttpRequest, username: str) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.person_get(actor, username)
    return _person(found, selectors.grants_of(actor, found))


@router.post("/people", response={201: NewPersonOut}, summary="Make an account")
def person_create(request: HttpRequest, body: PersonIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    new = services.NewPerson(**{**body.dict(), "unit": _unit_of(request, body.unit)})
    made, password = services.person_create(actor=actor, new=new)
    return Status(201, {"person": _person(made, selectors.grants_of(actor, made)), "password": password})


@router.post("/people/{username}/roles", response={201: RoleOut}, summary="Grant a role")
def role_grant(request: HttpRequest, username: str, body: RoleIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    found = selectors.person_get(actor, username)
    values = {**body.dict(), "unit": _unit_of(request, body.unit)}
    return Status(201, _role(services.role_grant(actor=actor, person=found, **values)))


def _unit_of(request: HttpRequest, code: str) -> Unit:
    found = selectors.units_for(actor_of(request), OrgsCode.GRANT).filter(code=code).first()
    if found is None:
        raise Invalid(errors=(FieldError("unit", mark("You grant no roles at this unit.")),))
    return found


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "kind": unit.kind,
        "name": unit.name,
        "short_name": unit.short_name,
        "city": unit.city,
        "parent": unit.parent.code if unit.parent else None,
    }


def _person(person: Person, grants: list[RoleGrant]) -> dict[str, Any]:
    return {
        "username": person.username,
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "is_active": person.is_active,
        "roles": [_role(grant) for grant in grants],
    }


def _role(grant: RoleGrant) -> dict[str, Any]:
    return {"role": grant.role, "unit": grant.unit.code, "from_on": grant.from_on, "until_on": grant.until_on}
