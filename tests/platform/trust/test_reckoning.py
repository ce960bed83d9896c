from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.doubts import CodeSeen, Liveness, TrustLimits
from duban.platform.trust.codes import code_at
from duban.platform.trust.reckoning import Trail, code_seen, signals_of
from duban.platform.trust.shapes import Evidence, Ground, PhotoSeen, Reading, Scan, Stand, Trace

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HERE, NEAR, FAR = (
    (Decimal("31.230400"), Decimal("121.473700")),
    (Decimal("31.232000"), Decimal("121.473700")),
    (Decimal("31.330400"), Decimal("121.473700")),
)
LIMITS, SPAN = TrustLimits(), timedelta(seconds=15)
STAND = Stand("AB12", HERE, 100)


def evidence(**more):
    ground = Ground("/1/", "/1/", stand=more.pop("stand", STAND))
    times = {"captured_at": NOON, "sent_at": NOON, "received_at": NOON}
    return Evidence(**{"id": uuid4(), "kind": "k", "device": "d", "ground": ground, **times, **more})


def trace(seconds=0, *, person=1, device="d", kind="k", point=None):
    return Trace(person, device, kind, NOON + timedelta(seconds=seconds), point)


def signals(item, *traces):
    return signals_of(item, Trail(1, traces), LIMITS)


def test_an_honest_record_gives_no_signal():
    item = evidence(reading=Reading(HERE, 10), scan=Scan("qr", "AB12"), liveness=Liveness.FRESH)
    assert signals(item, trace()).as_figures() == {"liveness": "fresh", "code": "static", "beyond_m": 0}


@pytest.mark.parametrize(
    ("scan", "stand", "seen"),
    [
        (None, STAND, None),
        (Scan("qr", "AB12"), None, None),
        (Scan("position"), STAND, CodeSeen.NONE),
        (Scan("qr"), STAND, CodeSeen.NONE),
        (Scan("qr", "https://x/p/AB13/"), STAND, CodeSeen.WRONG),
        (Scan("nfc", "ab12"), STAND, CodeSeen.STATIC),
        (Scan("typed", "AB12"), STAND, CodeSeen.TYPED),
        (Scan("qr", code_at("AB12", NOON)), replace(STAND, is_rotating=True), CodeSeen.ROTATING),
        (Scan("qr", code_at("AB12", NOON - timedelta(minutes=5))), replace(STAND, is_rotating=True), CodeSeen.EXPIRED),
        (Scan("qr", "AB12"), replace(STAND, is_rotating=True), CodeSeen.EXPIRED),
    ],
)
def test_what_the_code_says(scan, stand, seen):
    assert code_seen(evidence(scan=scan, stand=stand)) == seen


def test_a_clock_that_is_off_is_set_right_before_the_code_is_judged():
    late = timedelta(hours=1)
    scan = Scan("qr", code_at("AB12", NOON))
    item = evidence(scan=scan, stand=replace(STAND, is_rotating=True), captured_at=NOON - late, sent_at=NOON - late)
    assert (code_seen(item), signals(item).skew_s) == (CodeSeen.ROTATING, 3600)


def test_a_clock_set_back_between_record_and_sending_is_seen():
    assert signals(evidence(captured_at=NOON + timedelta(hours=2))).skew_s == 7200


@pytest.mark.parametrize(
    ("reading", "stand", "beyond"),
    [
        (None, STAND, None),
        (Reading(FAR), None, None),
        (Reading(FAR), Stand("AB12"), None),
        (Reading(NEAR, 0), STAND, 78),
        (Reading(NEAR, 5000), STAND, 0),
    ],
)
def test_how_far_outside_the_circle(reading, stand, beyond):
    assert signals(evidence(reading=reading, stand=stand)).beyond_m == beyond


def test_a_way_nobody_can_have_made_in_either_direction():
    item = evidence(reading=Reading(HERE, 10))
    assert signals(item, trace(-60, point=FAR)).speed_kmh == 667
    assert signals(item, trace(60, point=FAR), trace(-60, point=NEAR)).speed_kmh == 667
    assert signals(item, trace(-60, point=FAR, person=2)).speed_kmh is None
    assert signals(item, trace(-60)).speed_kmh is None


def test_who_else_used_the_phone_within_half_a_day():
    others = (trace(-40_000, person=2), trace(100, person=2), trace(0, person=3, device="e"), trace(-50_000, person=4))
    assert signals(evidence(), *others).people == 2


def test_a_burst_is_seen_from_its_first_record_to_its_last():
    burst = [trace(second) for second in range(20)]
    counts = [Trail(1, burst).burst("k", moment.captured_at, SPAN) for moment in burst]
    assert counts == [15] * 20
    assert Trail(1, burst).burst("other", NOON, SPAN) == 1
    assert signals(evidence(), *burst).burst == 15


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_a_burst_is_the_fullest_span_around_a_record(seconds):
    trail = Trail(1, [trace(second) for second in seconds])
    for second in seconds:
        spans = [sum(start <= other < start + 15 for other in seconds) for start in range(second - 14, second + 1)]
        assert trail.burst("k", NOON + timedelta(seconds=second), SPAN) == max(spans)


def test_photos_from_the_gallery_and_simulated_positions_are_marked():
    photo = PhotoSeen("a", NOON, is_gallery=True)
    found = signals(evidence(photos=(photo,), reading=Reading(HERE, is_mock=True), is_position_missing=True))
    assert (found.is_gallery, found.is_mock, found.is_position_missing) == (True, True, True)
