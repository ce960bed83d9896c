"""What changed between two versions of a standard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duban.kernel.text import mark


class Difference(StrEnum):
    """How an item differs between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


DIFFERENCE_LABELS = {
    Difference.ADDED: mark("Added"),
    Difference.REMOVED: mark("Removed"),
    Difference.CHANGED: mark("Modified"),
    Difference.SAME: mark("Unchanged"),
}


@dataclass(frozen=True)
class ItemDifference:
    """One item in both versions; `changes` holds (field, before, after)."""

    key: str
    name: str
    kind: Difference
    changes: tuple[tuple[str, str, str], ...] = ()


def compare(before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> tuple[ItemDifference, ...]:
    """Item by item, by key, in the order of the later version, removed items last.

    Both sides map an item's key to its fields; every item has a field `name`.
    """
    kept = [_difference(key, before.get(key), fields) for key, fields in after.items()]
    gone = [ItemDifference(key, fields["name"], Difference.REMOVED) for key, fields in before.items() if key not in after]
    return tuple(kept + gone)


def _difference(key: str, before: Mapping[str, str] | None, after: Mapping[str, str]) -> ItemDifference:
    if before is None:
        return ItemDifference(key, after["name"], Difference.ADDED)
    changes = tuple((name, before.get(name, ""), value) for name, value in after.items() if before.get(name, "") != value)
    return ItemDifference(key, after["name"], Difference.CHANGED if changes else Difference.SAME, changes)


def blocks_in_order(keys: Sequence[str]) -> tuple[str, ...]:
    """The blocks of item keys (`"floors.handrail"` → `"floors"`), each once, in order of appearance."""
    return tuple(dict.fromkeys(key.split(".", 1)[0] for key in keys))
