from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.inspections.domain.calibration.model import Estimate, Tally, fit_model, interval, leniencies, two_sided
from tests.inspections.domain.calibration.simulated import LENIENCY, simulated


def effects_of(tallies):
    return {one.inspector: one.effect for one in leniencies(fit_model(tallies))}


def test_known_leniency_is_recovered():
    tallies, _visits = simulated(favour={})
    found = effects_of(tallies)
    assert all(found[name].low < truth < found[name].high for name, truth in LENIENCY.items())
    assert found["乙"].is_off_zero
    assert found["丙"].is_off_zero
    assert sum(one.value for one in found.values()) == pytest.approx(0)


def test_empty_tallies_say_nothing():
    tallies = simulated(lines=3)[0]
    assert effects_of([*tallies, Tally("甲", "nowhere", "v0", "2026-01", 0, 0)]) == effects_of(tallies)


def test_intervals_hold_what_they_promise():
    covered = [
        found[name].low <= truth <= found[name].high
        for seed in range(40)
        for found in [effects_of(simulated(seed, favour={}, lines=10)[0])]
        for name, truth in LENIENCY.items()
    ]
    assert 0.9 <= np.mean(covered) <= 1


def test_difficulty_of_lines_is_not_leniency():
    """The kind inspector goes to the bad lines: raw pass rates turn the truth round, the model does not."""
    tallies = [
        Tally(who, f"{line} Q{quarter}", f"v{line}", f"2026-{quarter * 3 + 1:02d}", round(total * (base + gift)), total)
        for line, base in enumerate((0.9, 0.88, 0.6, 0.62))
        for quarter in range(4)
        for who, gift, total in (("kind", 0.05, 400 if base < 0.8 else 40), ("strict", -0.05, 40 if base < 0.8 else 400))
    ]
    raw = {
        who: sum(t.passed for t in tallies if t.inspector == who) / sum(t.total for t in tallies if t.inspector == who)
        for who in ("kind", "strict")
    }
    found = effects_of(tallies)
    assert raw["kind"] < raw["strict"]
    assert found["kind"].value == pytest.approx(0.05, abs=0.005)
    assert found["strict"].value == pytest.approx(-0.05, abs=0.005)


def test_who_shares_no_line_is_not_compared():
    tallies, _visits = simulated(favour={})
    alone = [Tally("独", f"island Q{quarter}", "v9", "2026-01", 90, 200) for quarter in range(4)]
    fit = fit_model([*tallies, *alone])
    last = leniencies(fit)[-1]
    assert (last.inspector, last.effect, last.reason, last.checks, last.shared) == ("独", None, "alone", 800, 0)
    assert len(set(fit.components.tolist())) == 2
    before, after = effects_of(tallies), effects_of([*tallies, *alone])
    assert after["乙"].value == pytest.approx(before["乙"].value)


def test_two_groups_are_measured_each_from_its_own_mean():
    tallies, _visits = simulated(favour={})
    others = [Tally(f"{t.inspector}2", f"x{t.stratum}", f"x{t.vendor}", t.month, t.passed // 2, t.total) for t in tallies]
    found = leniencies(fit_model([*tallies, *others]))
    by_component = {}
    for one in found:
        by_component.setdefault(one.component, []).append(one.effect.value)
    assert [sum(values) for values in by_component.values()] == pytest.approx([0, 0])


def test_few_shared_checks_are_said_to_be_few():
    tallies = [Tally(who, f"l Q{q}", "v", "2026-01", 9, 10) for who in ("a", "b") for q in range(2)]
    assert {one.reason for one in leniencies(fit_model(tallies))} == {"few"}


def test_nothing_gives_nothing():
    fit = fit_model([])
    assert (leniencies(fit), fit.freedom, fit.scale) == ((), 0, 0.0)


def test_the_chance_of_a_sure_figure():
    assert two_sided(0.1, 0.0, 5) == 0
    assert two_sided(0.0, 0.0, 5) == 1
    assert two_sided(2.0, 1.0, 1000) == pytest.approx(0.0457, abs=0.0003)
    assert interval(1.0, 0.5, 10**6).low == pytest.approx(0.02, abs=0.001)
    assert Estimate(1.0, -0.1, 2.1).is_off_zero is False
    assert Estimate(-1.0, -2.1, -0.1).is_off_zero is True


counts = st.integers(1, 60).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
rows = st.lists(
    st.builds(
        lambda who, stratum, count: Tally(who, stratum, f"v{stratum}", "2026-01", *count),
        st.sampled_from("abcd"),
        st.sampled_from("123456"),
        counts,
    ),
    max_size=40,
)


@settings(max_examples=60)
@given(tallies=rows)
def test_properties(tallies):
    """The order of rows and their splitting change nothing; every group is measured from its mean."""
    fit = fit_model(tallies)
    assert np.allclose(fit.effects, fit_model(list(reversed(tallies))).effects)
    assert np.allclose(fit.effects, fit_model([tally for tally in tallies for _ in range(2)]).effects, atol=1e-9)
    for component in set(fit.components.tolist()):
        assert fit.effects[fit.components == component].sum() == pytest.approx(0, abs=1e-8)


@settings(max_examples=60)
@given(tallies=rows, step=st.integers(-5, 5))
def test_a_harder_line_moves_nobody(tallies, step):
    """Adding the same to every rate of a stratum leaves the effects alone; rates are multiples of a tenth of a whole ten."""
    even = [replace(one, total=one.total * 10, passed=one.passed * 10) for one in tallies]
    harder = [replace(one, passed=one.passed + step * one.total // 10) if one.stratum == "1" else one for one in even]
    assert np.allclose(fit_model(even).effects, fit_model(harder).effects, atol=1e-9)
