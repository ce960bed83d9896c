"""Which visits are checked again, and by whom: chance decides, and the seed proves it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random

from duban.inspections.domain.verdicts import Grade, Verdict


@dataclass(frozen=True)
class Candidate:
    """A visit that may be drawn: its key, who made it, and the key of the office it belongs to."""

    visit: int
    first: int
    office: int


@dataclass(frozen=True)
class Drawn:
    """A drawn visit and who checks it again."""

    visit: int
    second: int


@dataclass(frozen=True)
class Opinion:
    """What the second inspector says of one check."""

    verdict: Verdict
    severity: Grade = Grade.MINOR
    note: str = ""


def case_of(
    candidates: Collection[Candidate], seconds: Mapping[int, Sequence[int]], count: int, seed: str
) -> dict[str, object]:
    """The draw as JSON, for `duban calc draw`."""
    visits = [asdict(one) for one in sorted(candidates, key=lambda one: one.visit)]
    return {
        "visits": visits,
        "seconds": {str(key): sorted(seconds[key]) for key in sorted(seconds)},
        "count": count,
        "seed": seed,
    }


def draw(candidates: Collection[Candidate], seconds: Mapping[int, Sequence[int]], count: int, seed: str) -> tuple[Drawn, ...]:
    """Draw `count` visits (or all there are) by `seed`; the same input gives the same draw.

    `seconds` names the people who may check in each office. Nobody checks the own visit; among those who may, whoever has the
    fewest tasks of this draw takes it, chance deciding between equals. A visit that nobody else may check is passed over.
    """
    random = Random(seed)  # noqa: S311 - a draw that must be repeatable, not a secret
    order = sorted(candidates, key=lambda one: one.visit)
    random.shuffle(order)
    load: dict[int, int] = {}
    found: list[Drawn] = []
    for one in order:
        able = sorted(set(seconds.get(one.office, ())) - {one.first})
        if len(found) == count or not able:
            continue
        random.shuffle(able)
        second = min(able, key=lambda person: load.get(person, 0))
        load[second] = load.get(second, 0) + 1
        found.append(Drawn(one.visit, second))
    return tuple(found)
