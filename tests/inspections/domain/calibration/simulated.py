"""Checks with a known truth: who is how lenient, and who favours whom."""

import numpy as np

from duban.inspections.domain.calibration.model import Tally
from duban.inspections.domain.calibration.patterns import VisitTally

LENIENCY = {"甲": 0.0, "乙": 0.05, "丙": -0.05, "丁": 0.0}
FAVOUR = {("丁", "v3"): 0.10}
SIZE = 50


def simulated(seed=1, leniency=LENIENCY, favour=FAVOUR, drift=None, lines=24, months=12):
    """Visits of a year: four a month on every line, each by somebody, 50 checks each; lines differ, and seasons too."""
    random = np.random.default_rng(seed)
    names = list(leniency)
    tallies, visits = [], []
    for line in range(lines):
        vendor = f"v{line % 6}"
        for month in range(months):
            for _week in range(4):
                who = names[random.integers(len(names))]
                chance = 0.84 - 0.03 * (line % 5) - 0.01 * (month // 3) + leniency[who] + favour.get((who, vendor), 0.0)
                chance += (drift or {}).get(who, 0.0) * month
                passed = int(random.binomial(SIZE, min(0.99, chance)))
                stratum = f"{line} Q{month // 3}"
                tallies.append(Tally(who, stratum, vendor, f"2026-{month + 1:02d}", passed, SIZE))
                visits.append(VisitTally(who, stratum, passed, SIZE))
    return tallies, visits
