from duban.scorecards.domain.scheme import digest, name_in
from tests.scorecards.domain.builders import shipped


def test_indicators_come_in_the_order_of_the_scheme():
    assert [item.key for item in shipped("LIFT-M").indicators()] == [
        "summary",
        "timeliness",
        "faults",
        "upkeep",
        "environment",
        "rectification",
        "quality",
    ]


def test_digest_is_of_the_content():
    assert digest({"a": [1, 2]}) != digest({"a": [2, 1]})


def test_a_name_without_the_language_falls_back():
    assert name_in({}, "en") == ""
