from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.patrols import PointState, RoundPoint, Scan, judge_round

START = datetime.fromisoformat("2026-10-05T22:00:00+08:00")
LATER = START + timedelta(hours=9)


def at(minute, second=0):
    return START + timedelta(minutes=minute, seconds=second)


POINTS = tuple(RoundPoint(key, key, at(10 * key - 10), at(10 * key), 100 if key > 1 else None) for key in range(1, 6))


def states(scans, *, now=LATER, is_ordered=True):
    return [point.state.value for point in judge_round(POINTS, scans, is_ordered=is_ordered, now=now).points]


def test_in_time_early_late_and_skipped():
    scans = [Scan(1, at(5)), Scan(2, at(25)), Scan(4, at(27)), Scan(5, at(50))]
    assert states(scans) == ["on_time", "late", "skipped", "early", "on_time"]


def test_a_pace_no_one_can_walk_is_bunched():
    outcome = judge_round(POINTS, [Scan(1, at(9, 50)), Scan(2, at(10, 20)), Scan(3, at(21))], is_ordered=True, now=LATER)
    assert [(one.state.value, one.seconds) for one in outcome.points[:3]] == [
        ("on_time", None),
        ("bunched", 30),
        ("on_time", 640),
    ]
    assert outcome.count(PointState.BUNCHED, PointState.SKIPPED) == 3


def test_points_without_a_known_distance_need_twenty_seconds():
    assert states([Scan(1, at(9, 50)), Scan(3, at(10, 5))])[2] == "bunched"
    assert states([Scan(3, at(20)), Scan(5, at(20, 20))])[4] == "early"


def test_of_several_scans_the_one_inside_the_window_counts():
    assert states([Scan(2, at(1)), Scan(2, at(15)), Scan(2, at(40))])[1] == "on_time"


def test_what_is_to_come_is_pending():
    assert states([Scan(1, at(5))], now=at(12)) == ["on_time", "pending", "pending", "pending", "pending"]


def test_walking_backwards_is_seen_only_where_there_is_an_order():
    scans = [Scan(5, at(41)), Scan(4, at(43))]
    for is_ordered in (True, False):
        outcome = judge_round(POINTS, scans, is_ordered=is_ordered, now=LATER)
        assert outcome.points[3].is_out_of_order is is_ordered


def test_skipped_neighbours_are_concentrated():
    assert judge_round(POINTS, [Scan(1, at(5)), Scan(5, at(45))], is_ordered=True, now=LATER).is_concentrated
    spread = judge_round(POINTS, [Scan(1, at(5)), Scan(3, at(25)), Scan(5, at(45))], is_ordered=True, now=LATER)
    assert (spread.longest_gap, spread.is_concentrated) == (1, False)


SCANS = st.lists(st.builds(Scan, st.integers(1, 6), st.integers(-60, 600).map(at)), max_size=12)


@given(scans=SCANS, seed=st.randoms())
def test_every_point_has_one_state_whatever_the_order_of_arrival(scans, seed):
    outcome = judge_round(POINTS, scans, is_ordered=True, now=LATER)
    assert outcome.count(*PointState) == len(POINTS)
    shuffled = list(scans)
    seed.shuffle(shuffled)
    assert judge_round(POINTS, shuffled, is_ordered=True, now=LATER) == outcome


@given(scans=SCANS)
def test_scanned_points_are_never_skipped(scans):
    keys = {scan.key for scan in scans}
    for one in judge_round(POINTS, scans, is_ordered=True, now=LATER).points:
        assert (one.state is PointState.SKIPPED) == (one.point.key not in keys)


def test_what_was_scanned_counts_in_time_or_not():
    outcome = judge_round(POINTS, [Scan(1, at(5)), Scan(2, at(25))], is_ordered=True, now=at(26))
    assert (outcome.scanned, outcome.count(PointState.PENDING)) == (2, 3)
