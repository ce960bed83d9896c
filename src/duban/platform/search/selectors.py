"""Asking every provider."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.platform.search.hits import Provider, SearchHit
from duban.platform.tables_by_name import wired

SHORTEST_TEXT = 2
LONGEST_TEXT = 80


@dataclass(frozen=True)
class SearchGroup:
    """Hits of one kind."""

    kind: str
    hits: tuple[SearchHit, ...]


def search(actor: Actor, text: str, *, limit: int) -> tuple[SearchGroup, ...]:
    """What the providers of the wiring table find for this actor, at most `limit` each, grouped by kind.

    A text shorter than two signs finds nothing.
    """
    text = text.strip()[:LONGEST_TEXT]
    if len(text) < SHORTEST_TEXT or actor.person_id is None:
        return ()
    groups: dict[str, list[SearchHit]] = {}
    for path in cast("Iterable[str]", wired("DUBAN_SEARCH")):
        for hit in cast("Provider", import_string(path))(actor, text, limit):
            groups.setdefault(hit.kind, []).append(hit)
    return tuple(SearchGroup(kind, tuple(hits)) for kind, hits in groups.items())
