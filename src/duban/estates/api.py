"""Estates, places and posts for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.estates.models import Estate, Place, Post
from duban.estates.permissions import Code
from duban.estates.schemas import EstateIn, EstateOut, NewEstate, Page, PlaceIn, PlaceOut, PostIn, PostOut
from duban.estates.selectors import estate_get, estate_posts, estates_of, place_get, place_labels
from duban.estates.services import estate_create, estate_update, place_create, post_create
from duban.orgs.selectors import unit_get
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["estates"])


@router.get("", response={200: list[EstateOut], **REFUSALS}, operation_id="estates_list")
def estates_list(request: HttpRequest, page: Query[Page]) -> list[Estate]:
    """Estates in order of their codes; `after` is the last code of the page before."""
    return list(estates_of(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.post("", response={201: EstateOut, **REFUSALS}, operation_id="estates_create")
def estates_create(request: HttpRequest, payload: NewEstate) -> Status[Estate]:
    """Enter an estate at an office."""
    actor = actor_of(request)
    actor.require(Code.EDIT)
    return Status(201, estate_create(actor=actor, office=unit_get(actor, payload.office), details=payload.details()))


@router.get("/{code}", response={200: EstateOut, **REFUSALS}, operation_id="estates_get")
def estates_get(request: HttpRequest, code: str) -> Estate:
    """One estate."""
    return estate_get(actor_of(request), code)


@router.put("/{code}", response={200: EstateOut, **REFUSALS}, operation_id="estates_update")
def estates_update(request: HttpRequest, code: str, payload: EstateIn) -> Estate:
    """Change an estate; the office stays."""
    actor = actor_of(request)
    return estate_update(actor=actor, estate=estate_get(actor, code), details=payload.details())


@router.get("/{code}/places", response={200: list[PlaceOut], **REFUSALS}, operation_id="estates_places")
def estates_places(request: HttpRequest, code: str) -> list[Place]:
    """The places of an estate, each after the one it lies in."""
    return place_labels(estate_get(actor_of(request), code))


@router.post("/{code}/places", response={201: PlaceOut, **REFUSALS}, operation_id="estates_place_create")
def estates_place_create(request: HttpRequest, code: str, payload: PlaceIn) -> Status[Place]:
    """Add a place."""
    actor = actor_of(request)
    parent = place_get(actor, payload.parent) if payload.parent else None
    return Status(201, place_create(actor=actor, estate=estate_get(actor, code), parent=parent, details=payload.details()))


@router.get("/{code}/posts", response={200: list[PostOut], **REFUSALS}, operation_id="estates_posts")
def estates_posts(request: HttpRequest, code: str) -> list[Post]:
    """The posts of an estate."""
    return estate_posts(estate_get(actor_of(request), code))


@router.post("/{code}/posts", response={201: PostOut, **REFUSALS}, operation_id="estates_post_create")
def estates_post_create(request: HttpRequest, code: str, payload: PostIn) -> Status[Post]:
    """Add a post."""
    actor = actor_of(request)
    place = place_get(actor, payload.place) if payload.place else None
    return Status(201, post_create(actor=actor, estate=estate_get(actor, code), place=place, details=payload.details()))
