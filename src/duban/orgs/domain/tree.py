"""What may stand where in the organisation tree."""

from collections.abc import Mapping

PARENTS: Mapping[str, frozenset[str]] = {
    "group": frozenset(),
    "region": frozenset({"group", "region"}),
    "city": frozenset({"group", "region"}),
    "project": frozenset({"group", "region", "city"}),
    "vendor": frozenset({"group"}),
}
"""Kind of unit → kinds it may stand below. A vendor company stands at the root, because several offices work with it."""


def may_stand_below(kind: str, parent_kind: str) -> bool:
    """Whether a unit of `kind` may be hung below one of `parent_kind`."""
    return parent_kind in PARENTS.get(kind, frozenset())


def is_below(path: str, above: str) -> bool:
    """Whether the unit at `path` is the one at `above` or lies below it (materialised paths, `"/1/4/"`)."""
    return path.startswith(above)


def paths_above(path: str) -> tuple[str, ...]:
    """The path itself and every path above it, from the root down: `"/1/4/"` → `("/1/", "/1/4/")`."""
    parts = [part for part in path.split("/") if part]
    return tuple("/" + "/".join(parts[: count + 1]) + "/" for count in range(len(parts)))
