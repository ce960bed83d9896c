from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.scoring import score_card
from tests.scorecards.domain.builders import happening, ratio, shipped


def trace(code, **inputs):
    return score_card(shipped(code), CardInputs(**inputs)).trace


def test_every_step_can_be_filled_from_its_inputs():
    evidence = (happening("1", "red_line", "accident"), happening("2", "valid_complaint", "x"))
    for step in trace("CLN-M", ratios={"inspections.pass_rate:outside": ratio(2, 3)}, occurrences=evidence):
        assert step.label.format(**step.inputs)
        assert step.rule.format(**step.inputs)


def test_a_held_card_says_so_at_the_end():
    assert trace("CLN-M")[-1].label == "Insufficient data"


def test_an_unscored_table_says_so_at_the_end():
    assert trace("ATT")[-1].label == "Not scored"


def test_values_are_readable():
    steps = trace("CLN-M", ratios={"inspections.pass_rate:lobby": ratio(29, 30)})
    assert steps[1].inputs["value"] == "96.6667%"
