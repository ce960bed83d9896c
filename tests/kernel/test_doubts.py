import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.doubts import (
    REASON_NAMES,
    REASON_TEXTS,
    WEIGHTS,
    CodeSeen,
    Liveness,
    Signals,
    TrustLimits,
    judge,
    limits_from,
    signals_from,
)

LIMITS = TrustLimits()
SIGNALS = st.builds(
    Signals,
    liveness=st.none() | st.sampled_from(Liveness),
    code=st.none() | st.sampled_from(CodeSeen),
    is_position_missing=st.booleans(),
    beyond_m=st.none() | st.integers(0, 10_000),
    is_mock=st.booleans(),
    speed_kmh=st.none() | st.integers(0, 2000),
    skew_s=st.integers(0, 100_000),
    people=st.integers(1, 9),
    burst=st.integers(1, 60),
    twin_bits=st.none() | st.integers(0, 64),
    exif_min=st.none() | st.integers(0, 100_000),
    exif_m=st.none() | st.integers(0, 1_000_000),
    cameras=st.integers(1, 5),
    is_edited=st.booleans(),
    is_gallery=st.booleans(),
)
WORST = {
    "liveness": Liveness.FOREIGN,
    "code": CodeSeen.WRONG,
    "is_position_missing": True,
    "beyond_m": 10_000,
    "is_mock": True,
    "speed_kmh": 2000,
    "skew_s": 100_000,
    "people": 9,
    "burst": 60,
    "twin_bits": 0,
    "exif_min": 100_000,
    "exif_m": 1_000_000,
    "cameras": 5,
    "is_edited": True,
    "is_gallery": True,
}


def test_nothing_against_it_is_an_a():
    assert judge(Signals(liveness=Liveness.FRESH, code=CodeSeen.ROTATING, beyond_m=0), LIMITS) == judge(Signals(), LIMITS)
    assert (judge(Signals(), LIMITS).grade, judge(Signals(), LIMITS).reasons) == ("A", ())


@pytest.mark.parametrize(
    ("signals", "code", "grade"),
    [
        (Signals(liveness=Liveness.MISSING), "challenge_missing", "A"),
        (Signals(liveness=Liveness.FOREIGN), "challenge_foreign", "C"),
        (Signals(code=CodeSeen.TYPED), "code_typed", "A"),
        (Signals(code=CodeSeen.NONE), "code_none", "B"),
        (Signals(code=CodeSeen.EXPIRED), "code_expired", "B"),
        (Signals(code=CodeSeen.WRONG), "code_wrong", "C"),
        (Signals(beyond_m=51), "far", "C"),
        (Signals(is_mock=True), "mock", "D"),
        (Signals(speed_kmh=121), "travel", "C"),
        (Signals(skew_s=301), "clock", "B"),
        (Signals(people=2), "device", "B"),
        (Signals(burst=20), "tempo", "C"),
        (Signals(twin_bits=6), "twin", "C"),
        (Signals(exif_min=31), "exif_time", "B"),
        (Signals(exif_m=301), "exif_place", "B"),
        (Signals(cameras=2), "cameras", "B"),
        (Signals(is_edited=True), "edited", "C"),
        (Signals(is_gallery=True), "gallery", "A"),
        (Signals(is_position_missing=True), "position_missing", "A"),
    ],
)
def test_each_doubt_alone(signals, code, grade):
    trust = judge(signals, LIMITS)
    assert ([reason.code for reason in trust.reasons], trust.grade) == ([code], grade)


def test_at_the_limit_nothing_is_doubted():
    at = Signals(beyond_m=50, speed_kmh=120, skew_s=300, people=1, burst=19, twin_bits=7, exif_min=30, exif_m=300)
    assert judge(at, LIMITS).reasons == ()


@given(SIGNALS, st.sampled_from(sorted(WORST)))
def test_more_doubt_never_lifts_a_grade(signals, name):
    before, after = judge(signals, LIMITS), judge(replace(signals, **{name: WORST[name]}), LIMITS)
    assert after.score >= before.score
    assert after.grade >= before.grade


@given(SIGNALS)
def test_every_reason_has_its_weight_and_its_words(signals):
    trust = judge(signals, LIMITS)
    weights = [reason.weight for reason in trust.reasons]
    assert weights == sorted(weights, reverse=True)
    for reason in trust.reasons:
        assert reason.weight == WEIGHTS[reason.code]
        assert "{" not in REASON_TEXTS[reason.code].format(**reason.figures)


def test_the_worst_names_every_kind_of_doubt():
    assert set(WORST) == {field.name for field in fields(Signals)}
    assert len(judge(Signals(**WORST), LIMITS).reasons) == len(WORST)


def test_limits_are_read_by_name():
    assert limits_from({"burst": 5, "other": 1}) == replace(LIMITS, burst=5)
    assert judge(Signals(burst=5), limits_from({"burst": 5})).reasons[0].figures == {"items": "5", "seconds": "15"}


def test_every_reason_has_a_name_a_text_and_a_weight():
    assert set(REASON_NAMES) == set(REASON_TEXTS) == set(WEIGHTS)


@given(SIGNALS)
def test_signals_can_be_stored(signals):
    assert signals_from(json.loads(json.dumps(signals.as_figures()))) == signals


def test_only_what_speaks_is_stored():
    assert Signals().as_figures() == {}
    assert Signals(is_mock=True, code=CodeSeen.TYPED).as_figures() == {"is_mock": True, "code": "typed"}
