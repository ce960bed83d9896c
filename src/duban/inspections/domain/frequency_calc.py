"""`duban calc frequency`: how often by risk, from JSON to JSON, and the schemas of both ends."""

from collections.abc import Mapping
from decimal import Decimal

from duban.inspections.domain.calc_input import NUMBER, Json, fault, number, whole
from duban.inspections.domain.frequency import GRADES, Factors, Grounds, Wish, factor_problems, rounds_for
from duban.kernel.errors import Invalid
from duban.kernel.text import mark

MOST = 31
MANY = 10_000_000
DEFAULTS: Mapping[str, Decimal] = {
    "grade_a": Decimal("0.5"),
    "grade_b": Decimal(1),
    "grade_c": Decimal("1.5"),
    "grade_d": Decimal(2),
    "failures_low": Decimal("0.75"),
    "failures_low_below": Decimal("0.02"),
    "failures_high": Decimal("1.5"),
    "failures_high_from": Decimal("0.06"),
    "least_checks": Decimal(30),
    "complaints_some": Decimal("1.25"),
    "complaints_from": Decimal(2),
    "complaints_many": Decimal("1.5"),
    "complaints_many_from": Decimal(5),
    "season": Decimal("1.5"),
}
"""Starting values of the trade's habit, not of a norm; a company keeps its own in the register of parameters."""


def factors_of(values: Mapping[str, Decimal], sources: Mapping[str, str] | None = None) -> Factors:
    """The factors from their plain names; every name of `DEFAULTS` is needed."""
    return Factors(
        grades={grade: values[f"grade_{grade.lower()}"] for grade in GRADES},
        failures_low=values["failures_low"],
        failures_low_below=values["failures_low_below"],
        failures_high=values["failures_high"],
        failures_high_from=values["failures_high_from"],
        least_checks=int(values["least_checks"]),
        complaints_some=values["complaints_some"],
        complaints_from=int(values["complaints_from"]),
        complaints_many=values["complaints_many"],
        complaints_many_from=int(values["complaints_many_from"]),
        season=values["season"],
        sources=sources or {},
    )


def calculate_frequency(case: Json) -> Json:
    """How many rounds a line gets in a period, with the trace. Raises `Invalid`."""
    times = whole(case, "times", 1, MOST)
    wish = Wish(times, whole(case, "times_min", 1, times, usual=1), whole(case, "times_max", times, MOST, usual=MOST))
    factors = _factors(case)
    found = rounds_for(wish, _grounds(case), factors)
    trace = [{"rule": step.rule, "result": step.result, "inputs": dict(step.inputs)} for step in found.trace]
    return {"times": found.times, "trace": trace}


def _grounds(case: Json) -> Grounds:
    grade, season = case.get("grade", ""), case.get("season", False)
    if grade not in ("", *GRADES):
        raise fault("grade", mark("One of {known} is needed here."), {"known": ", ".join(GRADES)})
    if not isinstance(season, bool):
        raise fault("season", mark("True or false is needed here."))
    checks = whole(case, "checks", 0, MANY, usual=0)
    failed = whole(case, "failed", 0, checks, usual=0)
    return Grounds(str(grade), checks, failed, whole(case, "complaints", 0, MANY, usual=0), season)


def _factors(case: Json) -> Factors:
    given = case.get("factors", {})
    if not isinstance(given, dict) or set(given) - set(DEFAULTS):
        raise fault("factors", mark("One of {known} is needed here."), {"known": ", ".join(DEFAULTS)})
    factors = factors_of({**DEFAULTS, **{name: number(given, name) for name in given}})
    problems = factor_problems(factors)
    if problems:
        raise Invalid(errors=problems)
    return factors


_COUNT: Json = {"type": "integer", "minimum": 0, "default": 0}
FREQUENCY_IN: Json = {
    "type": "object",
    "required": ["times"],
    "properties": {
        "times": {"type": "integer", "minimum": 1, "maximum": MOST, "description": "Rounds a period without risk."},
        "times_min": {"type": "integer", "minimum": 1, "default": 1},
        "times_max": {"type": "integer", "maximum": MOST, "default": MOST},
        "grade": {"enum": ["", *GRADES], "default": ""},
        "checks": _COUNT,
        "failed": _COUNT,
        "complaints": _COUNT,
        "season": {"type": "boolean", "default": False},
        "factors": {"type": "object", "properties": {name: {**NUMBER, "default": str(DEFAULTS[name])} for name in DEFAULTS}},
    },
}
FREQUENCY_OUT: Json = {
    "type": "object",
    "required": ["times", "trace"],
    "properties": {"times": {"type": "integer"}, "trace": {"type": "array"}},
}
