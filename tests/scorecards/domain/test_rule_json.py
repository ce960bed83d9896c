import pytest

from duban.kernel.errors import FieldError
from duban.scorecards.domain.reader import Reader
from duban.scorecards.domain.rule_json import matching_to_json, read_rule, rule_to_json
from duban.scorecards.domain.rules import Matching
from tests.scorecards.domain.builders import shipped, shipped_codes


@pytest.mark.parametrize("code", shipped_codes())
def test_every_shipped_rule_survives_the_round_trip(code):
    for indicator in shipped(code).indicators():
        errors: list[FieldError] = []
        assert read_rule(Reader(rule_to_json(indicator.rule), path="", errors=errors)) == indicator.rule
        assert errors == []


def test_only_what_narrows_is_written():
    assert matching_to_json(Matching(kinds=("failed_item",))) == {"kinds": ["failed_item"]}


def test_something_that_is_no_rule_is_a_fault_of_ours():
    with pytest.raises(TypeError):
        rule_to_json("linear")


BANDS = {
    "type": "bands",
    "metric": "inspections.pass_rate:lobby",
    "bands": [{"low": "0", "high": "0.9", "value": "0"}, {"low": "0.9", "value": "1"}],
}


def read(document):
    errors: list[FieldError] = []
    return read_rule(Reader(document, path="rule", errors=errors)), [error.field for error in errors]


def test_a_share_by_bands_survives_the_round_trip():
    rule, errors = read(BANDS)
    assert errors == []
    assert read(rule_to_json(rule))[0] == rule


def test_a_share_above_all_is_refused():
    wrong = {**BANDS, "bands": [{"low": "0", "value": "1.5"}]}
    assert read(wrong)[1] == ["rule.bands[0].value"]


def test_a_rule_without_or_with_an_unknown_type_is_refused_once():
    assert read({"metric": "x"})[1] == ["rule.type"]
    assert read({"type": "guess"})[1] == ["rule.type"]
