"""Patterns that ask for a look: answers that vary too little, answers that repeat.

None of them is proof. Many inspectors are looked at, so chance finds are held down by the rule of Benjamini and Hochberg: of
those marked, at most 5 % are expected to be false.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

FALSE_SHARE = 0.05
VISITS_MINIMUM = 12
REPEAT_MINIMUM = 3
LEAST_FAILED = 2
NARROW_RATIO = 0.5
REPEAT_SHARE = 0.2
LEAST_FREEDOM = 3


@dataclass(frozen=True)
class VisitTally:
    """One visit: what passed of what was checked, and the answers in order as one text (`""` where not kept)."""

    inspector: str
    stratum: str
    passed: int
    total: int
    answers: str = ""


@dataclass(frozen=True)
class Sameness:
    """How much an inspector's visits vary, beside how much those of the others do.

    `ratio` is the inspector's variance around the own mean of each stratum over that of all others (1: as they do; near 0:
    “95 ± 1 for everybody”), each measured in what chance alone would give at that pass rate. `is_narrow` needs half or less.
    `repeats` counts the visits whose answers, at least two of them failed, came exactly so in three visits or more.
    `is_copied` needs a fifth of the visits or more, and more than the share of the others explains: on a short checklist
    the same failures come again by themselves.
    """

    inspector: str
    visits: int
    ratio: float | None
    probability: float | None
    is_narrow: bool
    repeats: int
    is_copied: bool
    reason: str = ""


def discoveries(probabilities: Sequence[float], *, share: float = FALSE_SHARE) -> tuple[bool, ...]:
    """Which of several tests count, by Benjamini and Hochberg: the largest k with p₍ₖ₎ ≤ share · k ÷ m, and all before it."""
    count = len(probabilities)
    order = sorted(range(count), key=lambda index: probabilities[index])
    passing = [rank for rank, index in enumerate(order, start=1) if probabilities[index] <= share * rank / count]
    chosen = set(order[: max(passing, default=0)])
    return tuple(index in chosen for index in range(count))


def samenesses(visits: Sequence[VisitTally]) -> tuple[Sameness, ...]:
    """The spread of every inspector's visits beside that of the others, and answers that came again and again."""
    from scipy.special import fdtr  # noqa: PLC0415 - half a second that only a comparison pays, not every start

    spreads = _spreads(visits)
    square, freedom = sum(one[0] for one in spreads.values()), sum(one[1] for one in spreads.values())
    counts = Counter(visit.inspector for visit in visits)
    rows: list[tuple[str, float | None, float | None]] = []
    for name in sorted(counts):
        own, own_freedom = spreads.get(name, (0.0, 0))
        others, other_freedom = square - own, freedom - own_freedom
        is_known = counts[name] >= VISITS_MINIMUM and own_freedom >= LEAST_FREEDOM and other_freedom >= LEAST_FREEDOM
        ratio = (own / own_freedom) / (others / other_freedom) if is_known and others > 0 else None
        chance = None if ratio is None else float(fdtr(own_freedom, other_freedom, ratio))
        rows.append((name, ratio, chance))
    tested = [chance for _name, _ratio, chance in rows if chance is not None]
    marks = iter(discoveries(tested))
    repeats = _repeats(visits)
    copied = _copied(counts, repeats)
    return tuple(
        Sameness(
            inspector=name,
            visits=counts[name],
            ratio=ratio,
            probability=chance,
            is_narrow=chance is not None and next(marks) and (ratio or 0) <= NARROW_RATIO,
            repeats=repeats[name],
            is_copied=name in copied,
            reason="" if ratio is not None else "few",
        )
        for name, ratio, chance in rows
    )


def _spreads(visits: Sequence[VisitTally]) -> dict[str, tuple[float, int]]:
    """Inspector → weighted squares around the own mean of each stratum, and their degrees of freedom."""
    groups: defaultdict[tuple[str, str], list[VisitTally]] = defaultdict(list)
    for visit in visits:
        if visit.total:
            groups[visit.inspector, visit.stratum].append(visit)
    found: dict[str, tuple[float, int]] = {}
    for (name, _stratum), rows in groups.items():
        passed, total = sum(row.passed for row in rows), sum(row.total for row in rows)
        mean = passed / total
        usual = max(mean * (1 - mean), 1 / (4 * total))
        square = sum(row.total * (row.passed / row.total - mean) ** 2 for row in rows) / usual
        before = found.get(name, (0.0, 0))
        found[name] = (before[0] + square, before[1] + len(rows) - 1)
    return found


def _copied(counts: Counter[str], repeats: Counter[str]) -> frozenset[str]:
    """Who repeats a fifth of the visits or more, and more often than the others: binomial, one visit added to each side."""
    from scipy.special import bdtrc  # noqa: PLC0415 - half a second that only a comparison pays, not every start

    names = sorted(name for name in counts if counts[name] >= VISITS_MINIMUM)
    chances = []
    for name in names:
        usual = (repeats.total() - repeats[name] + 1) / (counts.total() - counts[name] + 2)
        chances.append(float(bdtrc(repeats[name] - 1, counts[name], usual)))
    found = zip(names, discoveries(chances), strict=True)
    return frozenset(name for name, is_more in found if is_more and repeats[name] >= REPEAT_SHARE * counts[name])


def _repeats(visits: Sequence[VisitTally]) -> Counter[str]:
    told = [visit for visit in visits if visit.answers and visit.total - visit.passed >= LEAST_FAILED]
    same = Counter((visit.inspector, visit.answers) for visit in told)
    repeats: Counter[str] = Counter()
    for (name, _answers), count in same.items():
        if count >= REPEAT_MINIMUM:
            repeats[name] += count
    return repeats
