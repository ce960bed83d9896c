from dataclasses import asdict, fields

import pytest

from duban.kernel.doubts import Signals, TrustLimits
from duban.kernel.errors import Invalid
from duban.kernel.trust_calc import TRUST_IN, TRUST_OUT, calculate_trust


def test_a_doubtful_record_with_all_that_follows():
    case = {
        "signals": {"code": "rotating", "liveness": "fresh", "burst": 25, "is_mock": False, "twin_bits": None},
        "limits": {"burst": 20, "burst_s": 15},
        "floors": {"score": "C", "money": "B"},
    }
    assert calculate_trust(case) == {
        "grade": "C",
        "weight": 40,
        "reasons": [
            {
                "code": "tempo",
                "weight": 40,
                "figures": {"items": "25", "seconds": "15"},
                "text": "25 records within 15 seconds.",
            }
        ],
        "needs_review": True,
        "counts": {"score": True, "money": False},
    }
    assert set(TRUST_OUT["required"]) == set(calculate_trust(case))


def test_the_schema_names_every_signal_and_limit_with_its_default():
    parts = TRUST_IN["properties"]
    assert set(parts["signals"]["properties"]) == {field.name for field in fields(Signals)}
    assert {name: said["default"] for name, said in parts["limits"]["properties"].items()} == asdict(TrustLimits())


def test_nothing_said_is_nothing_doubted():
    assert calculate_trust({})["grade"] == "A"
    assert calculate_trust({"signals": {"code": None, "liveness": None}})["needs_review"] is False


def test_a_person_decides_over_the_grade():
    case = {"signals": {"is_mock": True}, "floors": {"score": "A"}, "decision": "accepted"}
    assert calculate_trust(case)["counts"] == {"score": True, "money": True}
    assert calculate_trust({**case, "decision": "refused"})["counts"] == {"score": False, "money": False}


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"signals": []}, "signals"),
        ({"signals": {"mood": 1}}, "signals.mood"),
        ({"signals": {"code": "torn"}}, "signals.code"),
        ({"signals": {"is_mock": 1}}, "signals.is_mock"),
        ({"signals": {"burst": None}}, "signals.burst"),
        ({"signals": {"beyond_m": -1}}, "signals.beyond_m"),
        ({"signals": {"beyond_m": True}}, "signals.beyond_m"),
        ({"limits": {"burst": "20"}}, "limits.burst"),
        ({"floors": {"score": "E"}}, "floors.score"),
        ({"decision": "maybe"}, "decision"),
    ],
)
def test_what_is_not_sound_is_named(case, field):
    with pytest.raises(Invalid) as refused:
        calculate_trust(case)
    assert refused.value.errors[0].field == field
