import pytest

from duban.inspections.domain.calibration.favours import favours
from duban.inspections.domain.calibration.model import Tally, fit_model, leniencies
from tests.inspections.domain.calibration.simulated import LENIENCY, simulated


def test_the_one_favour_is_found_and_throws_no_shadow():
    tallies, _visits = simulated()
    found, fit = favours(fit_model(tallies))
    assert [(one.inspector, one.vendor) for one in found if one.is_marked] == [("丁", "v3")]
    assert found[0].effect.low < 0.10 < found[0].effect.high
    effects = {one.inspector: one.effect.value for one in leniencies(fit)}
    assert effects == pytest.approx(LENIENCY, abs=0.012)


def test_two_favours_are_told_apart():
    truth = {("丁", "v3"): 0.10, ("甲", "v1"): -0.12}
    found, _fit = favours(fit_model(simulated(favour=truth)[0]))
    marked = {(one.inspector, one.vendor): one.effect for one in found if one.is_marked}
    assert marked.keys() == truth.keys()
    assert all(marked[pair].low < value < marked[pair].high for pair, value in truth.items())


def test_without_a_favour_marks_are_rare():
    marks = [
        one for seed in range(20) for one in favours(fit_model(simulated(seed, favour={}, lines=12)[0]))[0] if one.is_marked
    ]
    assert len(marks) <= 3


def test_where_nobody_else_goes_nothing_is_said():
    tallies, _visits = simulated(favour={})
    own = [Tally("甲", f"own Q{quarter}", "v9", "2026-01", 50, 60) for quarter in range(4)]
    few = [Tally("甲", "small Q1", "v8", "2026-01", 5, 6), Tally("乙", "small Q1", "v8", "2026-01", 5, 6)]
    found, _fit = favours(fit_model([*tallies, *own, *few]))
    said = {(one.inspector, one.vendor): (one.effect, one.reason) for one in found}
    assert said["甲", "v9"] == (None, "alone")
    assert said["甲", "v8"] == (None, "few")


def test_no_freedom_no_favour():
    tallies = [Tally(who, "l Q1", "v", "2026-01", 80, 100) for who in ("a", "b")]
    found, fit = favours(fit_model(tallies))
    assert {one.reason for one in found} == {"alone"}
    assert fit.freedom == 0
    assert favours(fit_model([]))[0] == ()


def test_of_two_alone_at_a_vendor_neither_is_named_without_the_other():
    tallies, _visits = simulated()
    two = [one for one in tallies if one.inspector in {"丙", "丁"}]
    found, _fit = favours(fit_model(two))
    (marked,) = (one for one in found if one.is_marked)
    assert marked.vendor == "v3"
    assert {marked.inspector, *marked.alike} == {"丙", "丁"}
    three = [one for one in tallies if one.inspector in {"乙", "丙", "丁"}]
    (marked,) = (one for one in favours(fit_model(three))[0] if one.is_marked)
    assert (marked.inspector, marked.vendor, marked.alike) == ("丁", "v3", ())
