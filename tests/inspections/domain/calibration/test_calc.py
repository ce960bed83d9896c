import pytest

from duban.inspections.domain.calibration.calc import (
    CALIBRATION_IN,
    CALIBRATION_OUT,
    KAPPA_OUT,
    calculate_calibration,
    calculate_draw,
    calculate_kappa,
)
from duban.kernel.errors import Invalid
from tests.inspections.domain.calibration.simulated import simulated


def case():
    tallies, visits = simulated()
    pairs = [{"first": "甲", "second": "乙", "first_answer": "pass", "second_answer": "minor"}]
    return {"tallies": [vars(one) for one in tallies], "visits": [vars(one) for one in visits], "pairs": pairs}


def test_a_calibration_from_json():
    found = calculate_calibration(case())
    assert found.keys() == CALIBRATION_OUT["properties"].keys()
    assert {one["inspector"]: one["mark"] for one in found["inspectors"]} == {
        "甲": "",
        "乙": "lenient",
        "丙": "severe",
        "丁": "",
    }
    assert found["favours"][0]["is_marked"]
    assert CALIBRATION_IN["properties"]["tallies"]["items"]["required"] == list(case()["tallies"][0])


def test_kappa_from_json():
    found = calculate_kappa({"pairs": [["pass", "pass"], ["minor", "minor"]], "minimum": 2})
    assert found.keys() == KAPPA_OUT["properties"].keys()
    assert (found["kappa"]["value"], found["reading"]) == (1.0, "almost perfect agreement")
    assert calculate_kappa({"pairs": []})["reading"] == ""


@pytest.mark.parametrize(
    ("broken", "fields"),
    [
        ({"tallies": 3}, ["tallies"]),
        ({"more": 1}, ["more"]),
        ({"tallies": [3]}, ["tallies.0"]),
        (
            {"visits": [{"inspector": "", "stratum": 4, "passed": 5, "total": 3, "answers": 1}]},
            ["visits.0.inspector", "visits.0.stratum", "visits.0.passed", "visits.0.answers"],
        ),
        ({"tallies": [{"inspector": "a", "stratum": "s", "vendor": "v", "month": "m", "passed": True}]},
         ["tallies.0.passed", "tallies.0.total"]),
        ({"pairs": [{"first": "a", "second": "b", "first_answer": "good", "second_answer": "pass"}]}, ["pairs.0.first_answer"]),
    ],
)  # fmt: skip
def test_faults_name_their_place(broken, fields):
    with pytest.raises(Invalid) as refused:
        calculate_calibration(broken)
    assert [error.field for error in refused.value.errors] == fields


def test_broken_pairs_name_their_place():
    with pytest.raises(Invalid) as refused:
        calculate_kappa({"pairs": [["pass"], ["pass", "good"]], "minimum": -1})
    assert [error.field for error in refused.value.errors] == ["pairs.0", "pairs.1.1", "case.minimum"]


@pytest.mark.parametrize(
    ("broken", "fields"),
    [
        ({"visits": [{"visit": -1, "first": 1, "office": 1}]}, ["visits.0.visit"]),
        ({"seconds": [4]}, ["seconds"]),
        ({"seconds": {"1": ["a"], "x": [1], "2": 3}}, ["seconds.1", "seconds.x", "seconds.2"]),
        ({"count": None, "seed": ""}, ["case.count", "case.seed"]),
    ],
)
def test_a_broken_draw_names_its_place(broken, fields):
    sound = {"visits": [], "seconds": {}, "count": 1, "seed": "a"}
    assert calculate_draw(sound) == {"drawn": []}
    with pytest.raises(Invalid) as refused:
        calculate_draw({**sound, **broken})
    assert [error.field for error in refused.value.errors] == fields
