import json

from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.result_json import inputs_to_json, occurrence_to_json, result_to_json
from duban.scorecards.domain.scoring import score_card
from tests.scorecards.domain.builders import happening, ratio, shipped


def test_result_is_plain_json_with_red_lines_and_effects():
    evidence = (happening("1"), happening("9", "red_line", "accident"))
    inputs = CardInputs(ratios={"inspections.pass_rate:outside": ratio(49, 50)}, occurrences=evidence)
    answer = result_to_json(score_card(shipped("CLN-M"), inputs))
    assert json.loads(json.dumps(answer)) == answer
    assert [line["key"] for line in answer["red_lines"]] == ["accident", "any"]
    assert {effect["code"] for effect in answer["effects"]} == {"1", "9"}


def test_inputs_do_not_depend_on_order_or_trailing_zeros():
    first = CardInputs(ratios={"b": ratio("1.00", "2.0"), "a": ratio(1, 2)}, occurrences=(happening("1"), happening("2")))
    second = CardInputs(ratios={"a": ratio(1, 2), "b": ratio(1, 2)}, occurrences=(happening("2"), happening("1")))
    assert json.dumps(inputs_to_json(first)) == json.dumps(inputs_to_json(second))


def test_occurrence_keeps_everything():
    assert occurrence_to_json(happening("7", quantity=2))["quantity"] == "2"
