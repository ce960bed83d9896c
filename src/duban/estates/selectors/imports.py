"""What the ledgers of estates, places and posts look up, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Model

from duban.estates.domain.places import split_chain
from duban.estates.models import Estate, Place, Post
from duban.estates.permissions import can_edit
from duban.estates.selectors.records import offices_of
from duban.kernel.actor import Actor


def estates_by_name(actor: Actor) -> dict[str, Estate]:
    """Code, name and own number → estate, for imports that may name an estate by any of the three.

    A name that two estates share is left out, so that nothing is guessed.
    """
    found: dict[str, Estate] = {}
    doubled: set[str] = set()
    for estate in Estate.objects.for_actor(actor).select_related("office"):
        for key in {estate.code, estate.name, estate.external_number} - {""}:
            doubled |= {key} & found.keys()
            found[key] = estate
    return {key: estate for key, estate in found.items() if key not in doubled}


def estate_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Code, name or own number → key, for the columns of imports."""
    return {text: estate.pk for text, estate in estates_by_name(actor).items() if text in set(codes)}


def editable_estate_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """The same, but only estates whose places and posts the actor may change."""
    wanted = set(codes)
    return {text: estate.pk for text, estate in estates_by_name(actor).items() if text in wanted and can_edit(actor, estate)}


def office_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Name, short name or code of an office where the actor may enter estates → key, for imports."""
    found: dict[str, int] = {}
    for office in offices_of(actor):
        for text in (office.code, office.name, office.short_name):
            if text in set(codes):
                found.setdefault(text, office.pk)
    return found


def place_keys(codes: Collection[tuple[str, ...]], *, actor: Actor) -> dict[tuple[str, ...], int]:
    """(estate, place written from the top down) → key of the place, for imports: three queries."""
    estates = estates_by_name(actor)
    wanted = {estates[code[0]].pk for code in codes if code[0] in estates}
    chains: dict[tuple[int, tuple[str, ...]], int] = {}
    names: dict[str, str] = {}
    rows = Place.objects.filter(estate__in=wanted).order_by("path").values_list("pk", "estate_id", "name", "path")
    for key, estate_id, name, path in rows:
        names[str(key)] = name
        chains[estate_id, tuple(names[part] for part in path.strip("/").split("/"))] = key
    found = {code: chains.get((estates[code[0]].pk, split_chain(code[-1]))) for code in codes if code[0] in estates}
    return {code: key for code, key in found.items() if key is not None}


def estate_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every estate as an import would bring it in."""
    for estate in Estate.objects.for_actor(actor).select_related("office").order_by("external_number", "id"):
        yield {**_plain(estate), "external_number": estate.external_number or estate.code, "office": estate.office.name}


def place_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every place as an import would bring it in, parents before what lies below them."""
    names: dict[str, str] = {}
    rows = Place.objects.for_actor(actor).select_related("estate").order_by("estate__external_number", "estate_id", "path")
    for place in rows:
        names[str(place.pk)] = place.name
        chain = "/".join(names[part] for part in place.path.strip("/").split("/"))
        yield {**_plain(place), "estate": _estate_text(place.estate), "place": chain}


def post_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every post as an import would bring it in."""
    rows = Post.objects.for_actor(actor).select_related("estate", "place").order_by("estate_id", "service_line", "name")
    chains = _chains_of({post.place_id for post in rows if post.place_id})
    for post in rows:
        yield {**_plain(post), "estate": _estate_text(post.estate), "place": chains.get(post.place_id or 0, "")}


def _chains_of(keys: Collection[int]) -> dict[int, str]:
    paths = dict(Place.objects.filter(pk__in=keys).values_list("pk", "path"))
    parts = {int(part) for path in paths.values() for part in path.strip("/").split("/")}
    names = dict(Place.objects.filter(pk__in=parts).values_list("pk", "name"))
    return {key: "/".join(names[int(part)] for part in path.strip("/").split("/")) for key, path in paths.items()}


def _estate_text(estate: Estate) -> str:
    return estate.external_number or estate.code


def _plain(record: Model) -> dict[str, object]:
    return {field.attname: field.value_from_object(record) for field in record._meta.concrete_fields}
