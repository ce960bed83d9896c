"""Which places of a round are looked at, and how strictly: from the plan's sampling settings and the lots before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duban.inspections.domain.plans import SamplingMode
from duban.inspections.domain.sampling import AQLS, DefectClass, Level, Plan, Severity, cell, choose, plan_for
from duban.inspections.domain.switching import ASKED_FROM, Standing

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


def draw(sampling: Sampling, places: Sequence[int], seed: int, standings: Mapping[DefectClass, Standing] | None = None) -> Draw:
    """Draw from the places in scope. Classes with smaller samples are judged by the first of the same drawn places.

    `standings` say how strictly each class is inspected; without one it is normal. Without places the round is about the
    line as a whole, and nothing is drawn.
    """
    lot = len(places)
    if not lot or sampling.mode is SamplingMode.ALL:
        return Draw(tuple(places), {"mode": str(SamplingMode.ALL), "lot": lot, "n": lot})
    if sampling.mode is SamplingMode.COUNT:
        chosen = choose(places, sampling.count, seed)
        return Draw(chosen, {"mode": str(sampling.mode), "lot": lot, "n": len(chosen)})
    known = standings or {}
    plans = {}
    for name, aql in sorted(sampling.aqls.items()):
        standing = known.get(name, Standing())
        plan = plan_for(lot, level=sampling.level, aql=aql, severity=standing.severity)
        plans[name] = (plan, _kept(aql, plan, standing))
    size = max(plan.n for plan, _ in plans.values())
    classes = {str(name): kept for name, (_, kept) in plans.items()}
    kept = {"mode": str(sampling.mode), "lot": lot, "n": size, "level": str(sampling.level), "classes": classes}
    return Draw(choose(places, size, seed), kept)


def _kept(aql: Decimal, plan: Plan, standing: Standing) -> JSON:
    why = {"label": standing.why.label, "inputs": dict(standing.why.inputs)}
    return {
        "aql": str(aql),
        "n": plan.n,
        "ac": plan.ac,
        "re": plan.re,
        "letter": plan.used_letter,
        "severity": str(standing.severity),
        "tighter_ac": _tighter(aql, plan),
        "score": standing.score,
        "is_stopped": standing.is_stopped,
        "why": why,
    }


def _tighter(aql: Decimal, plan: Plan) -> int | None:
    """How many faulty places one AQL tighter would accept: what the switching score asks of a lot with Ac 2 and more."""
    if plan.ac < ASKED_FROM:
        return None
    return cell(plan.used_letter, AQLS[AQLS.index(aql) - 1], Severity.NORMAL)
