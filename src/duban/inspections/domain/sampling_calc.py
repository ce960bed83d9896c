"""`duban calc sampling` and `duban calc sampling-oc`: the tables from JSON to JSON, and their schemas."""

from collections.abc import Sequence
from decimal import Decimal

from duban.inspections.domain.acceptance import curve
from duban.inspections.domain.calc_input import NUMBER, Json, fault, number, whole, word
from duban.inspections.domain.sampling import Level, Plan, Severity, choose, plan_for
from duban.kernel.text import mark

LARGEST_SAMPLE = 10_000
USUAL = tuple(Decimal(percent) / 100 for percent in (1, 2, 5, 10, 15, 20, 30))


def calculate_sampling(case: Json) -> Json:
    """The plan of a lot; with `seed` also which of the places 1 to `lot` are drawn. Raises `Invalid`."""
    plan = _plan(case)
    found: dict[str, object] = {
        "n": plan.n,
        "ac": plan.ac,
        "re": plan.re,
        "letter": plan.letter,
        "used_letter": plan.used_letter,
        "whole_lot": plan.is_whole_lot,
        "trace": [{"rule": step.rule, "result": step.result, "inputs": dict(step.inputs)} for step in plan.trace],
    }
    if "seed" in case:
        found["drawn"] = list(choose(range(1, plan.lot + 1), plan.n, whole(case, "seed", 0, 2**63 - 1)))
    return found


def calculate_oc(case: Json) -> Json:
    """How likely faulty fractions pass, for `n` and `ac` or for the plan of a lot. Raises `Invalid`."""
    if "lot" in case:
        plan = _plan(case)
        n, ac = plan.n, plan.ac
    else:
        n, ac = whole(case, "n", 1, LARGEST_SAMPLE), whole(case, "ac", 0, LARGEST_SAMPLE)
    points = curve(n, ac, _fractions(case))
    return {"n": n, "ac": ac, "points": [{"fraction": point.fraction, "probability": point.probability} for point in points]}


def _plan(case: Json) -> Plan:
    lot, level = whole(case, "lot", 1, 10_000_000), word(case, "level", Level, Level.II)
    return plan_for(lot, level=level, aql=number(case, "aql"), severity=word(case, "severity", Severity, Severity.NORMAL))


def _fractions(case: Json) -> Sequence[Decimal]:
    given = case.get("fractions", list(USUAL))
    if not isinstance(given, list):
        raise fault("fractions", mark("A list is needed here."))
    found = [number({"fractions": value}, "fractions") for value in given]
    if any(not 0 <= value <= 1 for value in found):
        raise fault("fractions", mark("Fractions go from 0 to 1."))
    return found


_LOT: Json = {
    "lot": {"type": "integer", "minimum": 1, "maximum": 10_000_000},
    "level": {"enum": [str(level) for level in Level], "default": "II"},
    "aql": {**NUMBER, "description": "Percent; 0 accepts nothing."},
    "severity": {"enum": [str(severity) for severity in Severity], "default": "normal"},
}
SAMPLING_IN: Json = {
    "type": "object",
    "required": ["lot", "aql"],
    "properties": {**_LOT, "seed": {"type": "integer", "minimum": 0}},
}
SAMPLING_OUT: Json = {
    "type": "object",
    "required": ["n", "ac", "re", "letter", "used_letter", "whole_lot", "trace"],
    "properties": {
        **{name: {"type": "integer"} for name in ("n", "ac", "re")},
        "letter": {"type": "string"},
        "used_letter": {"type": "string", "description": "Where the arrow led."},
        "whole_lot": {"type": "boolean"},
        "trace": {"type": "array"},
        "drawn": {"type": "array", "items": {"type": "integer"}},
    },
}
OC_IN: Json = {
    "type": "object",
    "description": "Either n and ac, or a lot as for sampling.",
    "properties": {
        **_LOT,
        "n": {"type": "integer", "minimum": 1, "maximum": LARGEST_SAMPLE},
        "ac": {"type": "integer", "minimum": 0},
        "fractions": {"type": "array", "items": NUMBER},
    },
}
OC_OUT: Json = {
    "type": "object",
    "required": ["n", "ac", "points"],
    "properties": {
        "n": {"type": "integer"},
        "ac": {"type": "integer"},
        "points": {"type": "array", "items": {"type": "object", "properties": {"fraction": NUMBER, "probability": NUMBER}}},
    },
}
