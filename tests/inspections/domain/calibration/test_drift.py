from duban.inspections.domain.calibration.drift import drifts
from duban.inspections.domain.calibration.model import Tally, fit_model
from tests.inspections.domain.calibration.simulated import simulated


def test_drift_is_recovered():
    tallies, _visits = simulated(favour={}, drift={"甲": 0.008})
    found = {one.inspector: one for one in drifts(fit_model(tallies), tallies)}
    assert [name for name, one in found.items() if one.is_marked] == ["甲"]
    assert found["甲"].slope.low < 0.008 < found["甲"].slope.high
    assert len(found["甲"].points) == 12


def test_few_months_draw_no_line():
    tallies, _visits = simulated(favour={}, months=3)
    alone = [Tally("独", "island", "v9", "2026-01", 5, 10)]
    found = drifts(fit_model([*tallies, *alone]), [*tallies, *alone, Tally("甲", "0 Q0", "v0", "2026-01", 0, 0)])
    assert {one.reason for one in found} == {"few"}
    assert next(one for one in found if one.inspector == "独").points == ()


def test_without_drift_marks_are_rare():
    runs = (simulated(seed, favour={}, lines=12)[0] for seed in range(20))
    assert sum(one.is_marked for tallies in runs for one in drifts(fit_model(tallies), tallies)) <= 3
