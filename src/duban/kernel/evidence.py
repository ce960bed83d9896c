"""What a figure on a card opens into: single pieces of evidence, and what stands out among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class EvidencePhoto:
    """A photo of a piece of evidence: where its small and its large picture are, and what it shows."""

    thumbnail_url: str
    url: str
    caption: str = ""


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence behind a figure, whichever app it comes from.

    `app` and `code` are those of the occurrence it caused. `label` and `place` are the users' own words; `verdict` and
    `severity` are English source texts to be translated at the edge. `url_name` with `url_args` leads to its page.
    """

    app: str
    code: str
    on: date
    label: str
    place: str
    verdict: str
    severity: str
    url_name: str
    url_args: tuple[str, ...]
    photos: tuple[EvidencePhoto, ...] = ()


@dataclass(frozen=True)
class Cluster:
    """Where misses heap up: a place, an item, a post, a category, with how many of them lie there."""

    label: str
    count: int
    key: str = ""


@dataclass(frozen=True)
class EvidencePanel:
    """The evidence of one metric of one line in one period, summed up for one look.

    `counted` is the size of the denominator, `missed` how many of it went wrong; `repeats` how many of the misses had
    already happened at the same place and item within `repeat_days` before. `places` and `subjects` come worst first;
    `rows` are a sample of the misses, those with photos first, then newest first. `url_name` and `query` lead to the full list.
    """

    app: str
    metric: str
    counted: int
    missed: int
    repeats: int = 0
    repeat_days: int = 90
    places: tuple[Cluster, ...] = ()
    subjects: tuple[Cluster, ...] = ()
    rows: tuple[EvidenceRow, ...] = ()
    url_name: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def photos(self) -> tuple[EvidencePhoto, ...]:
        """The photos of the sampled rows, without doubles."""
        return tuple(dict.fromkeys(photo for row in self.rows for photo in row.photos))
