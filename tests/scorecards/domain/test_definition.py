import json

import pytest

from duban.kernel.errors import Invalid
from duban.scorecards.domain.definition import from_json, names_of, to_json
from duban.scorecards.domain.scheme import digest, name_in
from tests.scorecards.domain.builders import SCHEMES, block, document, indicator, linear, names, per, shipped, shipped_codes

GOOD = block("lobby", 100, indicator("lobby", 100, linear()))


def faults(candidate):
    with pytest.raises(Invalid) as refusal:
        from_json(candidate)
    return {error.field: error.message for error in refusal.value.errors}


@pytest.mark.parametrize("code", shipped_codes())
def test_shipped_scheme_survives_the_round_trip(code):
    definition = shipped(code)
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition
    assert (SCHEMES / f"{code}.json").stem == definition.code
    assert definition.confidence in "ABCG"
    assert definition.source


def test_the_eight_templates_and_seven_tables_are_there():
    wanted = {
        "CLN-M",
        "SEC-M",
        "GRN-M",
        "LIFT-M",
        "FIRE-Q",
        "IFM-M",
        "RESI-Q",
        "ATT",
        "T1",
        "T2",
        "T3",
        "T4",
        "T9a",
        "T13",
        "T16",
    }
    assert wanted <= set(shipped_codes())


@pytest.mark.parametrize(
    ("candidate", "field"),
    [
        ([], ""),
        (document(block("lobby", 90, indicator("lobby", 90, linear()))), "blocks"),
        (document(block("lobby", 100, indicator("lobby", 90, linear()))), "blocks[0].indicators"),
        (document(GOOD, ceiling="90"), "ceiling"),
        (document(GOOD, wieght="1"), "wieght"),
        (document(GOOD, cycle="week"), "cycle"),
        (document(GOOD, confidence="Z"), "confidence"),
        (document(GOOD, maximum="abc"), "maximum"),
        (document(GOOD, is_scored="yes"), "is_scored"),
        (document(GOOD, blocks="x"), "blocks"),
        (document(block("lobby", 100, indicator("lobby", 100, {"type": "magic"}))), "blocks[0].indicators[0].rule.type"),
        (document(block("lobby", 100, indicator("lobby", 100, linear("no.such")))), "blocks[0].indicators[0].rule.metric"),
        (
            document(block("lobby", 100, indicator("lobby", 100, linear(floor="0.9", target="0.9")))),
            "blocks[0].indicators[0].rule.target",
        ),
        (document(block("lobby", 100, indicator("lobby", 100, linear(target="98")))), "blocks[0].indicators[0].rule.target"),
        (
            document(block("lobby", 100, indicator("lobby", 100, per(kinds=("nonsense",))))),
            "blocks[0].indicators[0].rule.kinds",
        ),
        (document(block("lobby", 100, indicator("lobby", 100, per(kinds=())))), "blocks[0].indicators[0].rule.kinds"),
        (document(block("lobby", 100, indicator("lobby", 100, per(metric=None)))), "blocks[0].indicators[0].rule.metric"),
        (document(block("lobby", 100, indicator("lobby", 100, per(free=-1)))), "blocks[0].indicators[0].rule.free"),
        (document(block("lobby", 100, indicator("lobby", 100, per("-1")))), "blocks[0].indicators[0].rule.points"),
        (
            document(block("lobby", 100, indicator("lobby", 100, {"type": "panel", "scale": 0}))),
            "blocks[0].indicators[0].rule.scale",
        ),
        (
            document(block("l", 100, indicator("a", 50, linear()), indicator("a", 50, linear("attendance.presence")))),
            "blocks[0].indicators[1].key",
        ),
        (
            document(block("l", 100, indicator("a", 50, linear()), indicator("b", 50, linear("inspections.pass_rate")))),
            "blocks[0].indicators[1].rule.metric",
        ),
        (document(GOOD, deductions=[{"key": "d", "name": names("d"), "rule": linear()}]), "deductions[0].rule.type"),
        (document(GOOD, bonuses=[{"key": "d", "name": names("d"), "rule": {"type": "panel"}}]), "bonuses[0].rule.type"),
        (
            document(GOOD, red_lines=[{"key": "r", "name": names("r"), "kinds": ["red_line"], "effect": "cap"}]),
            "red_lines[0].cap_at",
        ),
        (
            document(
                GOOD,
                red_lines=[{"key": "r", "name": names("r"), "kinds": ["red_line"], "effect": "zero_indicator", "target": "x"}],
            ),
            "red_lines[0].target",
        ),
    ],
)
def test_unsound_scheme_is_refused_with_the_path(candidate, field):
    assert field in faults(candidate)


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([{"high": "0.8", "value": "0"}, {"low": "0.9", "value": "1"}], "Nothing holds from {low} to {high}."),
        ([{"high": "0.9", "value": "0"}, {"low": "0.8", "value": "1"}], "Two bands hold from {low} to {high}."),
    ],
)
def test_gap_and_overlap_are_refused(bands, message):
    rule = {"type": "bands", "metric": "inspections.pass_rate", "bands": bands}
    found = faults(document(block("lobby", 100, indicator("lobby", 100, rule))))
    assert found == {"blocks[0].indicators[0].rule.bands[1]": message}


def test_falling_bands_are_refused():
    rule = {
        "type": "bands",
        "metric": "inspections.pass_rate",
        "bands": [{"high": "0.8", "value": "1"}, {"low": "0.8", "value": "0.5"}],
    }
    assert "blocks[0].indicators[0].rule.bands" in faults(document(block("lobby", 100, indicator("lobby", 100, rule))))


def test_digest_does_not_depend_on_layout():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 1, "b": 3})


def test_names_fall_back_to_english():
    assert name_in({"zh": "外围", "en": "Outside"}, "zh-hans") == "外围"
    assert name_in({"zh": "外围", "en": "Outside"}, "fr") == "Outside"
    assert name_in({"zh": "外围"}, "fr") == "外围"
    assert names_of({"name": {"zh": "a"}}) == {"zh": "a"}
    assert names_of({}) == {}


def test_a_weight_of_nothing_is_refused_and_a_policy_of_its_own_is_kept():
    assert "blocks[0].indicators[0].weight" in faults(document(block("lobby", 0, indicator("lobby", 0, linear()))))
    held = document(block("lobby", 100, indicator("lobby", 100, linear(), no_data="hold")))
    assert to_json(from_json(held))["blocks"][0]["indicators"][0]["no_data"] == "hold"
