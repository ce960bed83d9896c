from datetime import date
from decimal import Decimal

import pytest

from duban.attendance.domain.patrols import PointState
from duban.attendance.models import PatrolRound, PatrolScan
from duban.attendance.selectors.patrols import (
    patrol_facts,
    patrol_occurrences,
    round_get,
    round_page,
    route_get,
    route_lines,
    route_places,
    routes_after,
    routes_of,
)
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.attendance import make_round, make_route, moment
from tests.factories.inspections import make_line

DAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def route(line):
    return make_route(line)


def test_routes_and_rounds_are_seen_inside_the_scope(world, route):
    found = make_round(route)
    for name in ("quality_manager", "vendor_manager"):
        assert route_get(world.actor(name), route.code) == route
        assert round_get(world.actor(name), found.code) == found
    for name in ("their quality_manager", "rival_manager"):
        with pytest.raises(NotFound):
            route_get(world.actor(name), route.code)
        with pytest.raises(NotFound):
            round_get(world.actor(name), found.code)
    with pytest.raises(NotAllowed):
        routes_of(world.actor("vendor_worker"))
    for code in ("PR-x", f"PR-{10**30}", "PR-0"):
        with pytest.raises(NotFound):
            round_get(world.actor("quality_manager"), code)


def test_a_round_shows_its_points_as_they_were_walked(route, django_assert_num_queries, time_machine):
    time_machine.move_to("2026-10-06T08:00:00+08:00", tick=False)
    found = make_round(route)
    first = route.points.first()
    at = moment(DAY, 22, 5)
    PatrolScan.objects.create(round=found, place=first.place, name="王小明", at=at, received_at=at)
    with django_assert_num_queries(1):
        page = round_page(found)
    assert [point.state for point in page.outcome.points] == [PointState.ON_TIME, PointState.SKIPPED, PointState.SKIPPED]
    assert page.places[first.place_id] == "东门"
    assert page.names == {first.place_id: "王小明"}


def test_facts_sum_the_points_of_rounds_that_are_over(line, route):
    make_round(route, on_time_count=3)
    make_round(route, number=2, on_time_count=1, skipped_count=2)
    PatrolRound.objects.filter(number=1).update(is_over=True)
    make_round(route, number=3, on_time_count=1)
    PatrolRound.objects.filter(number=3).update(is_over=False)
    expected = [("attendance.patrol", line.pk, DAY, 4, 6)]
    assert list(patrol_facts([line.pk], DAY, DAY)) == expected
    assert list(patrol_facts(None, DAY, DAY)) == expected
    assert list(patrol_facts([line.pk + 1], DAY, DAY)) == []


def test_each_round_with_missed_points_is_one_occurrence(line, route):
    make_round(route, number=1, on_time_count=3)
    make_round(route, number=2, on_time_count=1, late_count=2)
    make_round(route, number=3, skipped_count=3, longest_gap=3)
    make_round(route, number=4, on_time_count=1, bunched_count=2)
    found = list(patrol_occurrences(None, DAY, DAY))
    assert [(each.key, each.severity, each.quantity) for each in found] == [
        ("late", "minor", Decimal(2)),
        ("skipped", "major", Decimal(3)),
        ("bunched", "major", Decimal(2)),
    ]
    assert {(each.kind, each.line_id, each.on, each.place) for each in found} == {("missed_patrol", line.pk, DAY, "夜间巡更")}
    assert list(patrol_occurrences([line.pk + 1], DAY, DAY)) == []


def test_routes_are_drawn_for_lines_of_the_own_offices(world, line, route):
    assert list(route_lines(world.actor("quality_manager"))) == [line.pk]
    assert route_lines(world.actor("vendor_manager")) == {}
    assert [place.name for place in route_places(line)] == ["东门", "北墙", "车库"]
    manager = world.actor("quality_manager")
    second = make_route(line, name="日间巡更")
    assert list(routes_after(manager, "")) == [route, second]
    assert list(routes_after(manager, route.code)) == [second]
