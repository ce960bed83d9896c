from dataclasses import replace

import pytest

from duban.inspections.domain.calibration.kappa import agreement
from duban.inspections.domain.calibration.report import plain
from duban.inspections.selectors.calibration import CalibrationPage
from duban.inspections.views.calibration_figures import calibration_tiles, drift_chart, drift_map, favour_chart, step_rows
from duban.inspections.views.calibration_words import inspector_readings, points, readings, signed

EFFECT = {"value": 0.031, "low": 0.02, "high": 0.042}
ONE = {"inspector": "1", "checks": 900, "shared": 800, "shared_strata": 9, "component": 0}
STILL = {"inspector": "1", "points": [], "slope": None, "is_marked": False, "reason": "few"}
SAME = {"inspector": "1", "visits": 20, "ratio": 1.0, "is_narrow": False, "repeats": 0, "is_copied": False, "reason": ""}


def page_of(**more):
    report = {
        "checks": 900,
        "strata": 9,
        "components": [["1"]],
        "inspectors": [{**ONE, "effect": EFFECT, "mark": "", "reason": ""}],
        "favours": [],
        "sameness": [SAME],
        "drifts": [STILL],
        "agreement": plain(agreement([])),
        "agreements": [],
        "trace": [],
        **more,
    }
    return CalibrationPage(calibration=None, report=report, people={"1": "Sun", "2": "Qian"}, vendors={"7": "Lvye"})


def texts(found):
    return [one.text for one in found]


def figures_of(page):
    report = page.report
    lists = ("inspectors", "sameness", "drifts", "agreements")
    single = {key: next(iter(report[key]), None) for key in lists}
    return {**single, "favours": report["favours"]}


def test_figures():
    assert [signed(0.018), signed(-0.004), signed(-0.00001)] == ["+1.80", "−0.40", "+0.00"]
    assert points(0.12344) == 12.34


def test_nothing_stands_out():
    page = page_of()
    assert texts(readings(page)) == ["Nothing stands out: all differences are within what chance explains."]
    assert texts(inspector_readings(page, figures_of(page)))[1:] == ["Sun's visits vary as those of the others do."]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"mark": "lenient", "effect": EFFECT}, "Sun is lenient: passes 3.1 of 100 checks more"),
        ({"mark": "severe", "effect": {**EFFECT, "value": -0.031}}, "Sun is strict: passes 3.1 of 100 checks fewer"),
        ({"mark": "", "effect": None, "reason": "alone"}, "Sun: not enough data to compare, shares no line"),
        ({"mark": "", "effect": None, "reason": "few"}, "Sun: not enough data to compare, only 800 checks"),
    ],
)
def test_leniency(more, said):
    page = page_of(inspectors=[{**ONE, "reason": "", **more}])
    assert texts(inspector_readings(page, figures_of(page)))[0].startswith(said)


@pytest.mark.parametrize(("sign", "word"), [(1, "little"), (-1, "much")])
def test_favour(sign, word):
    effect = {key: value * sign for key, value in EFFECT.items()}
    favour = {"inspector": "1", "vendor": "7", "checks": 99, "effect": effect, "is_marked": True, "reason": ""}
    page = page_of(favours=[favour, {**favour, "vendor": "8", "effect": None, "is_marked": False}])
    [said] = readings(page)
    assert said.text.startswith(f"Sun finds {word} at Lvye: 3.1 of 100 checks")
    assert said.url.endswith("/calibration/1/")
    assert [cell.hint for cell in favour_chart(page).cells] == ["stands out", "not enough data"]


def test_of_two_alone_at_a_vendor_both_are_named():
    effect = {"value": -0.05, "low": -0.07, "high": -0.03}
    one = {"inspector": "1", "vendor": "7", "checks": 99, "effect": effect, "is_marked": True, "reason": "", "alike": ["2"]}
    page = replace(page_of(favours=[one]), people={"1": "孙伟", "2": "钱丽"})
    (said,) = texts(readings(page))
    assert "孙伟 and 钱丽 judge" in said
    assert "let a third person check again" in said


def test_sameness():
    page = page_of(sameness=[{**SAME, "ratio": 0.1, "is_narrow": True, "repeats": 6, "is_copied": True}])
    assert texts(readings(page)) == [
        "Sun's visits vary 10.0 times less than those of the others: as if one figure were written for everybody.",
        "Sun handed in the very same failures on 6 visits.",
    ]
    page = page_of(sameness=[{**SAME, "ratio": None}])
    assert "Not enough visits to say how much they vary." in texts(inspector_readings(page, figures_of(page)))


@pytest.mark.parametrize(
    ("value", "is_marked", "said"),
    [
        (0.004, True, "Sun grows more lenient by 0.40 points a month."),
        (-0.004, True, "Sun grows stricter by 0.40 points a month."),
        (0.0, False, "Sun shows no drift over the months."),
    ],
)
def test_drift(value, is_marked, said):
    slope = {**EFFECT, "value": value}
    point = {"month": "2026-10", "checks": 50, "effect": EFFECT}
    page = page_of(drifts=[{**STILL, "points": [point], "slope": slope, "is_marked": is_marked}])
    assert said in texts(inspector_readings(page, figures_of(page)))
    assert (said in texts(readings(page))) is is_marked
    assert drift_chart(page, "1").series[0].values == [3.1]
    assert [cell.value for cell in drift_map(page).cells] == [3.1]
    assert drift_chart(page, "2") is None
    assert drift_map(page_of()) is None


def test_agreement():
    mixed = [("pass", "pass")] * 30 + [("minor", "minor")] * 10 + [("pass", "minor")] * 4
    known, constant = (plain(agreement(rows)) for rows in (mixed, [("pass", "pass")] * 40))
    page = page_of(agreement=known, agreements=[{"inspector": "1", **known}])
    assert "kappa 0.77 over 44 checks, substantial agreement" in texts(inspector_readings(page, figures_of(page)))[-1]
    assert (calibration_tiles(page)[3].value, calibration_tiles(page)[3].note) == ("0.77", "substantial agreement")
    page = page_of(agreement=constant, agreements=[{"inspector": "1", **constant}])
    assert (
        texts(inspector_readings(page, figures_of(page)))[-1]
        == "Agreement: one side gave the same answer throughout, so chance explains it."
    )


def test_groups_that_cannot_be_compared_are_named():
    page = page_of(components=[["1"], ["2"]])
    assert "2 groups of inspectors share no line" in readings(page)[0].text
    assert readings(replace(page, report={**page.report, "components": [["1", "2"]]}))[0].tone == "good"


def test_the_steps_are_filled_in():
    step = {"label": "Model", "rule": "{freedom} degrees of freedom", "result": "0.1", "inputs": {"freedom": "9"}}
    assert step_rows(page_of(trace=[step]))[0].rule == "9 degrees of freedom"
