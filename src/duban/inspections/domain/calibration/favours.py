"""Whether an inspector favours a vendor: more passes there than the own leniency and the lines explain."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from duban.inspections.domain.calibration.columns import Column, Tested, take_in
from duban.inspections.domain.calibration.model import NEGLIGIBLE, Estimate, Fit, Vector

PAIR_MINIMUM = 60
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Favour:
    """One inspector at one vendor, in parts of the pass rate.

    `effect` is `None` with `reason` `few` (too few checks) or `alone` (nobody else checked this vendor's lines in those
    quarters, or the inspector checked nobody else's). `is_marked` after the control for many comparisons; `alike` names
    the inspectors who may just as well be the ones who are off, the other way round.
    """

    inspector: str
    vendor: str
    checks: int
    effect: Estimate | None
    probability: float | None = None
    is_marked: bool = False
    reason: str = ""
    alike: tuple[str, ...] = ()


def favours(fit: Fit) -> tuple[tuple[Favour, ...], Fit]:
    """Every inspector at every vendor, marked ones first; and the fit with the marked favours taken out of the leniency."""
    cells = fit.cells
    pairs = sorted({(int(who), cells.vendors[where]) for who, where in zip(cells.inspector, cells.stratum, strict=True)})
    counts: dict[tuple[int, str], int] = {}
    columns: dict[tuple[int, str], Column] = {}
    for who, vendor in pairs:
        at_vendor = np.array([name == vendor for name in cells.vendors])[cells.stratum]
        own: Vector = (at_vendor & (cells.inspector == who)).astype(np.float64)
        counts[who, vendor] = int((cells.weight * own).sum())
        if counts[who, vendor] >= PAIR_MINIMUM:
            columns[who, vendor] = Column(f"{who}{SEPARATOR}{vendor}", own, NEGLIGIBLE)
    tested, without = take_in(fit, list(columns.values()))
    found = dict(zip(columns, tested, strict=True))
    names = {column.name: fit.inspectors[who] for (who, _), column in columns.items()}
    rows = [_favour(fit.inspectors[pair[0]], pair[1], counts[pair], found.get(pair), names) for pair in pairs]
    order = sorted(rows, key=lambda one: (not one.is_marked, one.effect is None, -abs(one.effect.value if one.effect else 0)))
    return tuple(order), without


def _favour(inspector: str, vendor: str, checks: int, found: Tested | None, names: Mapping[str, str]) -> Favour:
    if found is None:
        return Favour(inspector, vendor, checks, None, reason="few")
    reason = "" if found.effect else "alone"
    alike = tuple(names[name] for name in found.alike)
    return Favour(inspector, vendor, checks, found.effect, found.probability, found.is_marked, reason, alike)
