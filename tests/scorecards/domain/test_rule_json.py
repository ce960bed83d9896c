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
