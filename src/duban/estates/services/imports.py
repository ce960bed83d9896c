"""Whole ledgers of estates, places and posts, written set by set; the import engine keeps the audit entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from duban.estates.domain.grades import grade_rank
from duban.estates.domain.places import DEFAULT_RADIUS_M, levels, split_chain
from duban.estates.models import Estate, Place, PlaceKind, Post
from duban.estates.permissions import Code
from duban.estates.services.records import new_tag
from duban.kernel.actor import Actor
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.platform.scope import within

BATCH = 1000
PLACE_DETAILS = (
    "kind",
    "number",
    "household_count",
    "latitude",
    "longitude",
    "radius_m",
    "is_rotating",
    "plan_x",
    "plan_y",
)
Chain = tuple[str, ...]


def estates_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new estates and change known ones, by their number in the tenant's own books."""
    return upsert(
        Estate,
        (_estate_values(row) for row in rows),
        key=("external_number",),
        existing=Estate.objects.filter(within("office__path", actor.office_paths(Code.EDIT))),
        progress=progress,
    )


def _estate_values(row: ImportRow) -> dict[str, Any]:
    values = {**row.values, "office_id": row["office"]}
    del values["office"]
    values["grade_rank"] = grade_rank(values["grade_scheme"] or "", values["grade_level"] or "")
    return values


def posts_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new posts and change known ones, by estate, service line and name."""
    return upsert(
        Post,
        (_post_values(row) for row in rows),
        key=("estate_id", "service_line", "name"),
        existing=Post.objects.filter(within("estate__office__path", actor.office_paths(Code.EDIT))),
        progress=progress,
    )


def _post_values(row: ImportRow) -> dict[str, Any]:
    values = {**row.values, "estate_id": row["estate"], "place_id": row.get("place")}
    del values["estate"], values["place"]
    return values


def places_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Grow the place trees, estate by estate and level by level; places already there take the details of their row.

    A place above that has no row of its own becomes an area. Each level costs three statements, however wide it is.
    """
    actor.require(Code.EDIT)
    by_estate: dict[int, dict[Chain, ImportRow]] = {}
    for row in rows:
        by_estate.setdefault(row["estate"], {})[split_chain(row["place"])] = row
    created = updated = unchanged = 0
    for estate_id, chains in by_estate.items():
        known = _known_chains(estate_id)
        already = sum(1 for chain in chains if chain in known)
        changed = _update_known(known, chains)
        created += _grow(estate_id, known, chains)
        updated, unchanged = updated + changed, unchanged + already - changed
        progress(created + updated + unchanged)
    return ImportCounts(created, updated, unchanged)


def _known_chains(estate_id: int) -> dict[Chain, Place]:
    places = list(Place.objects.filter(estate_id=estate_id).order_by("path"))
    names = {str(place.pk): place.name for place in places}
    return {tuple(names[key] for key in place.path.strip("/").split("/")): place for place in places}


def _update_known(known: Mapping[Chain, Place], chains: Mapping[Chain, ImportRow]) -> int:
    changed = []
    for chain, row in chains.items():
        place = known.get(chain)
        if place is not None and _details(row) != {name: getattr(place, name) for name in _details(row)}:
            for name, value in _details(row).items():
                setattr(place, name, value)
            changed.append(place)
    Place.objects.bulk_update(changed, PLACE_DETAILS, batch_size=BATCH)
    return len(changed)


def _grow(estate_id: int, known: dict[Chain, Place], chains: Mapping[Chain, ImportRow]) -> int:
    made = 0
    for level in levels(chains):
        fresh = [chain for chain in level if chain not in known]
        places = [_new_place(estate_id, chain, known, chains.get(chain)) for chain in fresh]
        Place.objects.bulk_create(places, batch_size=BATCH)
        for place in places:
            place.path = f"{place.parent.path if place.parent else '/'}{place.pk}/"
        Place.objects.bulk_update(places, ["path"], batch_size=BATCH)
        known.update(zip(fresh, places, strict=True))
        made += len(places)
    return made


def _new_place(estate_id: int, chain: Chain, known: Mapping[Chain, Place], row: ImportRow | None) -> Place:
    details = _details(row) if row is not None else {"kind": PlaceKind.AREA}
    return Place(estate_id=estate_id, parent=known.get(chain[:-1]), name=chain[-1], tag=new_tag(), **details)


def _details(row: ImportRow) -> dict[str, Any]:
    found = {name: row.values.get(name) for name in PLACE_DETAILS}
    return {
        **found,
        "number": found["number"] or "",
        "household_count": found["household_count"] or 0,
        "radius_m": found["radius_m"] or DEFAULT_RADIUS_M,
        "is_rotating": bool(found["is_rotating"]),
    }
