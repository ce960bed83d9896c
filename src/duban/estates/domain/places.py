"""The paths of a place tree."""

import re
from collections.abc import Iterable, Mapping

TAG_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody confuses on a printed label (no I, O, 0, 1)."""


DEFAULT_RADIUS_M = 100
"""How far from a place a phone may stand and still be there, while nobody has said otherwise: the error of a position
between tall buildings, where 50 to 100 m are common."""

RADIUS_LIMIT_M = 5000


def paths_of(parents: Mapping[int, int | None]) -> dict[int, str]:
    """Key → path (`"/3/8/"`) for a whole forest given as key → parent key.

    Raises `ValueError` if a parent is unknown or the parents form a ring.
    """
    found: dict[int, str] = {}
    for key in parents:
        for step in reversed(_chain(key, parents, found)):
            parent = parents[step]
            found[step] = f"{'/' if parent is None else found[parent]}{step}/"
    return found


def _chain(key: int, parents: Mapping[int, int | None], found: Mapping[int, str]) -> list[int]:
    chain: list[int] = []
    step: int | None = key
    while step is not None and step not in found:
        if step in chain or step not in parents:
            message = f"place {step} is its own ancestor or has an unknown parent"
            raise ValueError(message)
        chain.append(step)
        step = parents[step]
    return chain


def depth_of(path: str) -> int:
    """How deep a path lies: 0 for a place right below its estate."""
    return max(0, path.count("/") - 2)


def levels(names: Iterable[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Chains of names grouped by length, every ancestor included once, so that a tree can be written level by level."""
    known = {chain[:size] for chain in names for size in range(1, len(chain) + 1)}
    deepest = max((len(chain) for chain in known), default=0)
    return [sorted(chain for chain in known if len(chain) == size) for size in range(1, deepest + 1)]


def split_chain(text: str) -> tuple[str, ...]:
    """The names in a place written from the top down (`"3 栋 / 2 层 / 东楼梯"`), without empty parts."""
    return tuple(part for part in (piece.strip() for piece in text.replace("／", "/").split("/")) if part)


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people count: numbers inside them by their value (2 栋 before 10 栋)."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
