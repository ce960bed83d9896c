"""Every read of estates, places and posts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from duban.estates.domain.places import natural_order
from duban.estates.models import Estate, Place, PlaceKind, Post
from duban.estates.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.models import Unit, UnitKind
from duban.platform.records import get_by_code
from duban.platform.scope import within

LABEL_LIMIT = 400


def estates_of(actor: Actor) -> QuerySet[Estate]:
    """Estates the actor may see, with their offices; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Estate.objects.for_actor(actor).select_related("office")


def estate_get(actor: Actor, code: str) -> Estate:
    """One estate of the actor's scope, or `NotFound`."""
    return get_by_code(estates_of(actor), code)


def estates_by_id(ids: Collection[int]) -> dict[int, Estate]:
    """Estates by key, for apps above that already scoped their own rows."""
    return Estate.objects.select_related("office").in_bulk(list(ids))


def offices_of(actor: Actor, code: str = Code.EDIT) -> QuerySet[Unit]:
    """Offices where the actor holds the right, for choosing where an estate belongs."""
    offices = Unit.objects.exclude(kind=UnitKind.VENDOR)
    return offices.filter(within("path", actor.office_paths(code))).order_by("path")


def estate_options(actor: Actor) -> list[tuple[str, str]]:
    """Estates as options of a filter: code and name, one query."""
    return list(Estate.objects.for_actor(actor).order_by("name").values_list("code", "name"))


def office_options(actor: Actor) -> list[tuple[str, str]]:
    """Offices as options of a filter: code and name, one query."""
    offices = Unit.objects.exclude(kind=UnitKind.VENDOR).filter(within("path", actor.office_paths()))
    return list(offices.order_by("path").values_list("code", "name"))


@dataclass(frozen=True)
class EstateFigures:
    """Counts for an estate's page."""

    place_count: int
    checkpoint_count: int
    post_count: int
    heads: Decimal


def estate_figures(estate: Estate) -> EstateFigures:
    """How many places, checkpoints and posts an estate has: two queries."""
    kinds = dict(Place.objects.filter(estate=estate).order_by().values_list("kind").annotate(count=Count("id")))
    posts = Post.objects.filter(estate=estate, is_active=True).aggregate(count=Count("id"), heads=Sum("heads"))
    return EstateFigures(
        place_count=sum(kinds.values()),
        checkpoint_count=kinds.get(PlaceKind.CHECKPOINT, 0),
        post_count=posts["count"],
        heads=posts["heads"] or Decimal(0),
    )


def places_of(actor: Actor) -> QuerySet[Place]:
    """Places the actor may see."""
    actor.require(Code.VIEW)
    return Place.objects.for_actor(actor).select_related("estate__office")


def place_get(actor: Actor, tag: str) -> Place:
    """The place that carries a tag, or `NotFound`."""
    place = places_of(actor).select_related("parent").filter(tag=tag).first()
    if place is None:
        raise NotFound
    return place


def place_children(estate: Estate, parent: Place | None) -> list[Place]:
    """The places right below an estate or a place, each with `child_count`, 2 栋 before 10 栋: one query."""
    rows = Place.objects.filter(estate=estate, parent=parent).select_related("estate__office")
    found = rows.annotate(child_count=Count("children")).order_by("id")
    return sorted(found, key=lambda place: natural_order(place.name))


def place_labels(estate: Estate, under: Place | None = None) -> list[Place]:
    """Places whose label is printed: an estate's places, or those from one place down, at most `LABEL_LIMIT`."""
    rows = Place.objects.filter(estate=estate)
    if under is not None:
        rows = rows.filter(path__startswith=under.path)
    return list(rows.select_related("parent").order_by("path", "id")[:LABEL_LIMIT])


def place_parents(estate: Estate) -> QuerySet[Place]:
    """Places of an estate that may carry others."""
    return Place.objects.filter(estate=estate).order_by("path", "id")


def posts_of(actor: Actor) -> QuerySet[Post]:
    """Posts the actor may see, with estate and place."""
    actor.require(Code.VIEW)
    return (
        Post.objects.for_actor(actor)
        .select_related("estate__office", "place")
        .order_by("estate__name", "service_line", "name", "id")
    )


def post_get(actor: Actor, code: str) -> Post:
    """One post of the actor's scope, or `NotFound`."""
    return get_by_code(posts_of(actor), code)


def estate_posts(estate: Estate) -> list[Post]:
    """The posts of one estate."""
    rows = Post.objects.filter(estate=estate).select_related("place", "estate__office")
    return list(rows.order_by("-is_active", "service_line", "name", "id"))


def posts_at(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[Post]]:
    """Posts in use by estate and service line, by name, for apps above that scoped their own rows: one statement."""
    keys = set(wanted)
    rows = Post.objects.filter(estate_id__in={estate for estate, _service in keys}, is_active=True)
    found: dict[tuple[int, str], list[Post]] = {}
    for post in rows.select_related("place", "estate__office").order_by("name", "id"):
        if (post.estate_id, post.service_line) in keys:
            found.setdefault((post.estate_id, post.service_line), []).append(post)
    return found
