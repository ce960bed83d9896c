"""Which places of a round are looked at, and what the round's verdict is: from the plan's sampling settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duban.inspections.domain.plans import SamplingMode
from duban.inspections.domain.sampling import DefectClass, Level, Severity, choose, plan_for

JSON = Mapping[str, object]


@dataclass(frozen=True)
class Sampling:
    """How a plan draws places."""

    mode: SamplingMode
    count: int
    level: Level
    aqls: Mapping[DefectClass, Decimal]


@dataclass(frozen=True)
class Draw:
    """The places drawn, and what is kept of how: for acceptance sampling the plan of each class of faults."""

    places: tuple[int, ...]
    sampling: JSON


def draw(sampling: Sampling, places: Sequence[int], seed: int, severity: Severity = Severity.NORMAL) -> Draw:
    """Draw from the places in scope. Classes with smaller samples are judged by the first of the same drawn places.

    Without places the round is about the line as a whole, and nothing is drawn.
    """
    lot = len(places)
    if not lot or sampling.mode is SamplingMode.ALL:
        return Draw(tuple(places), {"mode": str(SamplingMode.ALL), "lot": lot, "n": lot})
    if sampling.mode is SamplingMode.COUNT:
        chosen = choose(places, sampling.count, seed)
        return Draw(chosen, {"mode": str(sampling.mode), "lot": lot, "n": len(chosen)})
    plans = {
        name: plan_for(lot, level=sampling.level, aql=aql, severity=severity) for name, aql in sorted(sampling.aqls.items())
    }
    size = max(plan.n for plan in plans.values())
    classes = {
        str(name): {"aql": str(sampling.aqls[name]), "n": plan.n, "ac": plan.ac, "re": plan.re, "letter": plan.used_letter}
        for name, plan in plans.items()
    }
    kept = {"mode": str(sampling.mode), "lot": lot, "n": size, "level": str(sampling.level), "severity": str(severity)}
    return Draw(choose(places, size, seed), {**kept, "classes": classes})
