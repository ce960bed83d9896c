"""What a provider of the search returns."""

from collections.abc import Callable
from dataclasses import dataclass

from duban.kernel.actor import Actor


@dataclass(frozen=True)
class SearchHit:
    """One thing found. `kind` is a translated word such as “Contract”."""

    kind: str
    title: str
    subtitle: str
    url: str


Provider = Callable[[Actor, str, int], list[SearchHit]]
"""`function(actor, text, limit)`: the best hits inside the actor's scope, at most `limit`, with one or two queries."""
