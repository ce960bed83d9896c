from datetime import date
from types import SimpleNamespace

from duban.kernel.occurrence import Occurrence
from duban.scorecards.selectors import evidence
from duban.scorecards.selectors.evidence import occurrences_by_line

DAY = date(2026, 10, 5)


def occurred(line, code, *, for_points):
    return Occurrence("inspections", code, line, DAY, "failed_item", "", "minor", 1, code, for_points=for_points)


def test_what_costs_no_points_is_left_out(monkeypatch):
    rows = [occurred(7, "CR-1", for_points=True), occurred(7, "CR-2", for_points=False), occurred(8, "CR-3", for_points=False)]
    asked = []
    source = SimpleNamespace(occurrences=lambda *asks: asked.append(asks) or iter(rows))
    monkeypatch.setattr(evidence, "evidence_sources", lambda: [source])
    found = occurrences_by_line([7, 8], DAY, DAY)
    assert {line: [one.code for one in rows] for line, rows in found.items()} == {7: ["CR-1"], 8: []}
    assert asked == [([7, 8], DAY, DAY)]
