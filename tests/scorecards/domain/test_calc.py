import json
from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.errors import FieldError, Invalid
from duban.scorecards.domain.calc import SCHEMA_IN, SCHEMA_OUT, calculate
from duban.scorecards.domain.reader import Reader
from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.result_json import inputs_to_json, read_inputs
from tests.scorecards.domain.builders import block, document, happening, indicator, linear, ratio

DEFINITION = document(block("lobby", 100, indicator("lobby", 100, linear())))


def case(**inputs):
    return {"definition": DEFINITION, "inputs": inputs}


def test_case_gives_score_and_trace():
    answer = calculate(case(ratios={"inspections.pass_rate:lobby": {"numerator": 95, "denominator": "100"}}))
    assert answer["score"] == "50.0"
    assert answer["trace"][-1]["result"] == "50"
    assert set(SCHEMA_OUT["required"]) <= set(answer)
    assert json.loads(json.dumps(answer)) == answer


def test_inputs_survive_the_round_trip():
    inputs = CardInputs(
        ratios={"inspections.pass_rate:lobby": ratio(95, 100)},
        occurrences=(happening("1"),),
        panel={"p": (Decimal(1), Decimal(2))},
        mobilisation=True,
        struck=frozenset({("inspections", "1")}),
    )
    errors: list[FieldError] = []
    assert read_inputs(Reader(inputs_to_json(inputs), path="", errors=errors)) == inputs
    assert errors == []
    assert inputs.occurrences[0].on == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"definition": DEFINITION}, "inputs"),
        ({"definition": {}, "inputs": {}}, "code"),
        ({**case(), "more": 1}, "more"),
        (case(ratios=[]), "inputs.ratios"),
        (case(ratios={"x": {"numerator": "nan", "denominator": 1}}), "inputs.ratios.x.numerator"),
        (case(occurrences=[{"app": "a", "code": "b", "on": "31.10.2026", "kind": "red_line"}]), "inputs.occurrences[0].on"),
        (case(panel={"p": ["x"]}), "inputs.panel.p"),
        (case(struck=[{"app": "a"}]), "inputs.struck[0].code"),
    ],
)
def test_unsound_case_is_refused_with_the_path(wrong, field):
    with pytest.raises(Invalid) as refusal:
        calculate(wrong)
    assert field in [error.field for error in refusal.value.errors]


def test_schema_names_its_parts():
    assert SCHEMA_IN["required"] == ["definition", "inputs"]
