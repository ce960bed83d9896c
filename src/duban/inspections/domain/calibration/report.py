"""The whole calibration of one span of time as plain JSON: figures, reasons, trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass

from duban.inspections.domain.calibration.columns import ERROR_SHARE
from duban.inspections.domain.calibration.drift import drifts
from duban.inspections.domain.calibration.favours import favours
from duban.inspections.domain.calibration.kappa import Agreement, agreement
from duban.inspections.domain.calibration.model import (
    LEVEL,
    MINIMUM_CHECKS,
    MINIMUM_STRATA,
    NEGLIGIBLE,
    Fit,
    Leniency,
    Tally,
    fit_model,
    leniencies,
)
from duban.inspections.domain.calibration.patterns import FALSE_SHARE, VisitTally, samenesses
from duban.kernel.text import mark
from duban.kernel.trace import Step

Json = dict[str, object]
DIGITS = 6


@dataclass(frozen=True)
class Pair:
    """One check made twice: the first inspector's answer, and that of the second, who had not seen it."""

    first: str
    second: str
    first_answer: str
    second_answer: str


@dataclass(frozen=True)
class Material:
    """Everything a calibration is computed from."""

    tallies: Sequence[Tally] = ()
    visits: Sequence[VisitTally] = ()
    pairs: Sequence[Pair] = field(default_factory=tuple)


def calibrate(material: Material) -> Json:
    """Compute everything. The figures are rounded to six places; shares of the pass rate are fractions (0.03 is 3 points)."""
    tallies = [tally for tally in material.tallies if tally.total > 0]
    pairs, fit = favours(fit_model(tallies))
    found = leniencies(fit)
    plain_pairs = [(pair.first_answer, pair.second_answer) for pair in material.pairs]
    return {
        "checks": sum(tally.total for tally in tallies),
        "strata": fit.cells.strata,
        "freedom": fit.freedom,
        "scale": round(fit.scale, DIGITS),
        "components": _components(fit),
        "inspectors": [{**plain(one), "mark": mark_of(one)} for one in found],
        "favours": [plain(one) for one in pairs],
        "sameness": [plain(one) for one in samenesses(material.visits)],
        "drifts": [plain(one) for one in drifts(fit, tallies)],
        "agreement": _agreement(agreement(plain_pairs)),
        "agreements": [{"inspector": name, **_agreement(one)} for name, one in _by_first(material.pairs)],
        "trace": [plain(step) for step in _trace(fit, material)],
    }


def mark_of(one: Leniency) -> str:
    """`lenient` or `severe` where the interval leaves out zero and the difference is a point or more, else empty."""
    if one.effect is None or not one.effect.is_off_zero or abs(one.effect.value) < NEGLIGIBLE:
        return ""
    return "lenient" if one.effect.value > 0 else "severe"


def _components(fit: Fit) -> list[list[str]]:
    """Groups of inspectors that can be compared with each other, the largest first."""
    groups: dict[int, list[str]] = {}
    for name, component in zip(fit.inspectors, fit.components, strict=True):
        groups.setdefault(int(component), []).append(name)
    return sorted(groups.values(), key=lambda names: (-len(names), names))


def _by_first(pairs: Sequence[Pair]) -> list[tuple[str, Agreement]]:
    """Agreement of each inspector's first answers with whoever came second."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        groups.setdefault(pair.first, []).append((pair.first_answer, pair.second_answer))
    return [(name, agreement(rows)) for name, rows in sorted(groups.items())]


def _agreement(one: Agreement) -> Json:
    observed = one.observed
    return {**plain(one), "observed": None if observed is None else round(observed, DIGITS)}


def plain(value: object) -> Json:
    """A frozen dataclass as JSON, figures rounded to six places."""
    if not is_dataclass(value):
        raise TypeError(value)
    return {item.name: _value(getattr(value, item.name)) for item in fields(value)}


def _value(value: object) -> object:
    if isinstance(value, float):
        return round(value, DIGITS)
    if is_dataclass(value):
        return plain(value)
    if isinstance(value, Mapping):
        return dict(value)
    return [_value(item) for item in value] if isinstance(value, tuple | list) else value


def _trace(fit: Fit, material: Material) -> list[Step]:
    cells = len(fit.cells.rate)
    return [
        Step(
            mark("Cells compared"),
            mark("one cell for each inspector on a contract line in a quarter: {cells} cells in {strata} strata"),
            str(cells),
            {"cells": str(cells), "strata": str(fit.cells.strata)},
        ),
        Step(
            mark("Model"),
            mark("pass rate = line and quarter + inspector; least squares weighted by checks, {freedom} degrees of freedom"),
            f"{fit.scale:.4f}",
            {"freedom": str(fit.freedom)},
        ),
        Step(
            mark("Groups that can be compared"),
            mark("a chain of shared lines and quarters joins them; figures of different groups say nothing of each other"),
            str(len(_components(fit))),
        ),
        Step(
            mark("Intervals"),
            mark("Student's distribution, {level}%; shown from {checks} shared checks in {strata} shared strata on"),
            "",
            {"level": f"{LEVEL:.0%}".rstrip("%"), "checks": str(MINIMUM_CHECKS), "strata": str(MINIMUM_STRATA)},
        ),
        Step(
            mark("Marks among many comparisons"),
            mark("favour, drift: {error}% divided by the comparisons, strongest first; spread: at most {share}% false marks"),
            "",
            {"share": f"{FALSE_SHARE:.0%}".rstrip("%"), "error": f"{ERROR_SHARE:.0%}".rstrip("%")},
        ),
        Step(mark("Checks made twice"), mark("Cohen's kappa, linear weights over severities"), str(len(material.pairs))),
    ]
