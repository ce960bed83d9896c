from decimal import Decimal

import pytest

from duban.scorecards.domain.rules import Matching, PerOccurrence, key_below, metric_of_rule, percent, plain
from tests.scorecards.domain.builders import happening, shipped

D = Decimal


@pytest.mark.parametrize(
    ("key", "pattern", "below"),
    [("lobby:glass", "lobby", True), ("lobby", "lobby", True), ("lobbyist", "lobby", False), ("", "x", False)],
)
def test_a_key_lies_below_whole_words_only(key, pattern, below):
    assert key_below(key, pattern) is below


def test_matching_narrows_by_kind_key_and_severity():
    assert Matching(kinds=("failed_item",)).takes(happening())
    assert not Matching(kinds=("absent_slot",)).takes(happening())
    assert not Matching(kinds=("failed_item",), keys=("lobby",)).takes(happening())
    assert not Matching(kinds=("failed_item",), severities=("critical",)).takes(happening())


def test_quantity_multiplies_unless_told_otherwise():
    match = Matching(kinds=("failed_item",))
    assert PerOccurrence(match, D("0.5")).price(happening(quantity=3)) == D("1.5")
    assert PerOccurrence(match, D("0.5"), by_quantity=False).price(happening(quantity=3)) == D("0.5")


@pytest.mark.parametrize(
    ("more", "template"),
    [
        ({}, "−{points} each"),
        ({"cap": D(20)}, "−{points} each, at most {cap}"),
        ({"free": 3}, "−{points} each after the first {free}"),
        ({"free_points": D(100)}, "−{points} each after {free} free points"),
    ],
)
def test_a_rule_says_itself(more, template):
    assert PerOccurrence(Matching(kinds=("failed_item",)), D(1), **more).describe().template == template


def test_every_shipped_rule_can_be_filled():
    for code in ("CLN-M", "SEC-M", "T1", "T16", "IFM-M"):
        definition = shipped(code)
        for item in (*definition.indicators(), *definition.deductions):
            text = item.rule.describe()
            assert text.template.format(**text.params)


def test_panels_read_no_metric():
    rules = [indicator.rule for indicator in shipped("T1").indicators()]
    assert {metric_of_rule(rule) for rule in rules} == {None}


@pytest.mark.parametrize(("share", "text"), [(None, "–"), (D("0.985"), "98.5%"), (D(1), "100%"), (D(0), "0%")])
def test_percent(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(("number", "text"), [(None, "–"), (D("20.00"), "20"), (D("1E+2"), "100"), (D("0.50"), "0.5")])
def test_plain(number, text):
    assert plain(number) == text
