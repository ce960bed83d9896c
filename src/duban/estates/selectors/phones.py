"""Places as phones carry them, and where a phone stands at them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from duban.estates.models import Place


@dataclass(frozen=True)
class Circle:
    """A point in degrees and the metres around it."""

    latitude: Decimal
    longitude: Decimal
    radius_m: int


def circles_of(places: Iterable[Place]) -> dict[int, Circle]:
    """Place → its circle, or that of the nearest place above it that has one; the rest is left out. One statement."""
    wanted = {place.pk: place for place in places}
    above = {key for place in wanted.values() for key in _way(place)}
    rows = Place.objects.filter(pk__in=above).values_list("pk", "latitude", "longitude", "radius_m")
    known = {pk: Circle(lat, lon, radius) for pk, lat, lon, radius in rows if lat is not None and lon is not None}
    nearest = {pk: next((key for key in reversed(_way(place)) if key in known), None) for pk, place in wanted.items()}
    return {pk: known[key] for pk, key in nearest.items() if key is not None}


def carried_places(keys: Collection[int]) -> list[dict[str, Any]]:
    """Places with the way down to them, for apps above that scoped their own rows: three statements."""
    places = list(Place.objects.filter(pk__in=keys).select_related("estate").order_by("pk"))
    above = {key for place in places for key in _way(place)}
    known = {pk: (name, tag) for pk, name, tag in Place.objects.filter(pk__in=above).values_list("pk", "name", "tag")}
    circles = circles_of(places)
    return [_place(place, known, circles.get(place.pk)) for place in places]


def degrees(value: object) -> str | None:
    """A coordinate as text, so that no float stands in what is hashed."""
    return None if value is None else f"{value:f}"


def _way(place: Place) -> list[int]:
    """Keys from the top place down to this one."""
    return [int(key) for key in place.path.strip("/").split("/") if key]


def _place(place: Place, known: dict[int, tuple[str, str]], circle: Circle | None) -> dict[str, Any]:
    return {
        "tag": place.tag,
        "name": place.name,
        "parent": known[place.parent_id][1] if place.parent_id else None,
        "estate": place.estate.code,
        "path_name": " / ".join(known[key][0] for key in _way(place) if key in known),
        "lat": degrees(circle.latitude if circle else None),
        "lon": degrees(circle.longitude if circle else None),
        "radius_m": circle.radius_m if circle else place.radius_m,
        "rotating": place.is_rotating,
    }
