from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.inspections.domain.calibration.columns import Column, beside, take_in
from duban.inspections.domain.calibration.model import Tally, fit_model
from tests.inspections.domain.calibration.simulated import simulated


def column(fit, name, values, least=0.0):
    return Column(name, np.asarray(values, dtype=float), least)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_taking_in_equals_one_large_regression(seed):
    """Whatever is taken in, effects and coefficients are those of ordinary weighted least squares on all columns at once."""
    tallies, _visits = simulated(seed, lines=6, months=6)
    fit = fit_model(tallies)
    random = np.random.default_rng(seed)
    columns = [column(fit, f"{number}", random.integers(0, 2, len(fit.residuals))) for number in range(2)]
    noise = [Column(one.name, 0.05 * one.values + fit.cells.rate, 0.0) for one in columns]
    tested, taken = take_in(fit, noise)
    chosen = [one for one in tested if one.is_marked]
    cells = fit.cells
    design = np.concatenate(
        [
            np.eye(cells.strata)[cells.stratum],
            np.eye(len(fit.inspectors))[cells.inspector],
            *(one.column.values[:, None] for one in chosen),
        ],
        axis=1,
    )
    root = np.sqrt(cells.weight)
    solved = np.linalg.lstsq(design * root[:, None], cells.rate * root, rcond=None)[0]
    effects = solved[cells.strata : cells.strata + len(fit.inspectors)]
    assert np.allclose(taken.effects, effects - effects.mean(), atol=1e-7)
    assert [one.effect.value for one in chosen] == pytest.approx(list(solved[cells.strata + len(fit.inspectors) :]), abs=1e-7)
    assert taken.freedom == fit.freedom - len(chosen)
    assert len(chosen) >= 1


def test_a_column_of_the_model_has_nothing_left_to_say():
    fit = fit_model(simulated(favour={})[0])
    own = column(fit, "an inspector", fit.cells.inspector == 0)
    assert beside(fit, own).effect is None
    assert take_in(fit, [own])[0][0].is_marked is False


def test_the_number_of_marks_has_an_end(monkeypatch):
    monkeypatch.setattr("duban.inspections.domain.calibration.columns.MOST_MARKS", 1)
    fit = fit_model(simulated(favour={})[0])
    many = [column(fit, f"{number}", fit.cells.rate + 0.01 * number * fit.cells.time) for number in range(3)]
    assert sum(one.is_marked for one in take_in(fit, many)[0]) == 1


def test_without_freedom_nothing_is_tested():
    fit = fit_model([Tally(who, "l", "v", "m", 8, 10) for who in ("a", "b")])
    assert beside(fit, column(fit, "x", [1.0, 0.0])).effect is None


def test_intervals_shrink_with_data():
    widths = []
    for lines in (6, 12, 24):
        fit = fit_model(simulated(favour={}, lines=lines)[0])
        found = beside(fit, column(fit, "x", fit.cells.stratum % 2 * (fit.cells.inspector == 1)))
        widths.append(found.effect.high - found.effect.low)
    assert all(before > after for before, after in pairwise(widths))
