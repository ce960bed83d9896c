import json

import pytest

from duban.inspections.domain.calibration.model import Estimate, Leniency
from duban.inspections.domain.calibration.report import Material, Pair, calibrate, mark_of, plain
from tests.inspections.domain.calibration.simulated import simulated


def test_the_report_is_plain_json_and_repeatable():
    tallies, visits = simulated()
    pairs = [Pair("甲", "乙", "pass", "pass"), Pair("乙", "甲", "minor", "pass")]
    report = calibrate(Material(tallies, visits, pairs))
    assert json.loads(json.dumps(report)) == calibrate(Material(list(reversed(tallies)), visits, pairs))
    assert report["components"] == [sorted(["甲", "乙", "丙", "丁"])]
    assert [one["inspector"] for one in report["agreements"]] == ["乙", "甲"]
    assert report["agreement"]["observed"] == 0.5
    assert len(report["trace"]) == 6


def test_an_empty_span_says_so():
    report = calibrate(Material())
    assert (report["checks"], report["inspectors"], report["agreement"]["reason"]) == (0, [], "few")


@pytest.mark.parametrize(
    ("effect", "mark"),
    [
        (None, ""),
        (Estimate(0.02, -0.01, 0.05), ""),
        (Estimate(0.005, 0.001, 0.009), ""),
        (Estimate(0.03, 0.01, 0.05), "lenient"),
        (Estimate(-0.03, -0.05, -0.01), "severe"),
    ],
)
def test_marks(effect, mark):
    assert mark_of(Leniency("a", 1, 1, 1, 0, effect)) == mark


def test_only_dataclasses_are_made_plain():
    with pytest.raises(TypeError):
        plain("text")
