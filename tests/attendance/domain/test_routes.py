from datetime import datetime, timedelta

import pytest

from duban.attendance.domain.routes import (
    PointPlan,
    RoundPlan,
    RoutePlan,
    Span,
    StopPlan,
    round_at,
    round_code,
    route_problems,
    spaced,
)

START = datetime.fromisoformat("2026-10-05T22:00:00+08:00")
HOUR = timedelta(hours=1)


def plan(**more):
    return RoutePlan(**{"name": "夜巡", "starts": ("22:00",), "points": (PointPlan(1, 0, 30), PointPlan(2, 30, 60)), **more})


def test_a_sound_route():
    assert route_problems(plan()) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"starts": ()}, "starts"),
        ({"starts": ("25:00",)}, "starts"),
        ({"starts": ("22",)}, "starts"),
        ({"starts": ("22:00", "22:00")}, "starts"),
        ({"points": ()}, "points"),
        ({"points": (PointPlan(1, 0, 30), PointPlan(1, 30, 60))}, "points"),
        ({"points": (PointPlan(1, 30, 30),)}, "points"),
        ({"points": (PointPlan(1, 0, 721),)}, "points"),
        ({"points": (PointPlan(1, 30, 60), PointPlan(2, 0, 30))}, "points"),
        ({"points": (PointPlan(1, 0, 60, 5001),)}, "points"),
    ],
)
def test_an_unsound_route_says_where(wrong, field):
    assert [error.field for error in route_problems(plan(**wrong))] == [field]


def test_a_scan_belongs_to_the_last_round_that_has_begun():
    rounds = [Span(1, START, START + HOUR), Span(2, START + 2 * HOUR, START + 3 * HOUR)]
    assert round_at(START + HOUR, rounds) == 1
    assert round_at(START + timedelta(minutes=100), rounds) == 2
    assert round_at(START + 5 * HOUR, rounds) is None


def test_windows_may_open_in_any_order_where_the_order_is_free():
    assert route_problems(plan(points=(PointPlan(1, 30, 60), PointPlan(2, 0, 30)), is_ordered=False)) == []


def test_windows_are_spaced_evenly():
    points = (PointPlan(1, 7, 9, 40), PointPlan(2, 1, 2))
    assert spaced(points, gap=12, window=30) == (PointPlan(1, 0, 30, 40), PointPlan(2, 12, 42))


def test_a_round_keeps_its_route_as_it_was():
    kept = RoundPlan((StopPlan(7, "T7", "东门", 1, 0, 30, 80), StopPlan(8, "T8", "西门", 2, 10, 40)), is_ordered=False)
    assert RoundPlan.read(kept.stored()) == kept
    assert (kept.place_of("T8"), kept.place_of("T9")) == (8, None)
    assert RoundPlan.read({}) == RoundPlan(())


def test_rounds_of_two_days_have_two_codes():
    codes = [round_code("RT-2026-0001", START.date() + timedelta(days=later), 2) for later in (0, 1)]
    assert codes == ["RT-2026-0001.20261005.2", "RT-2026-0001.20261006.2"]
