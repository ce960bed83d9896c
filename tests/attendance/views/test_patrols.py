from datetime import date, timedelta

import pytest

from duban.attendance.models import PatrolScan
from tests.factories.attendance import make_round, make_route, moment
from tests.factories.inspections import make_line
from tests.factories.trust import make_mark, make_review

DAY = date(2026, 10, 5)


@pytest.fixture
def route(world):
    return make_route(make_line(world.ours, service_line="security"))


def test_a_round_shows_late_skipped_and_bunched_points(client_as, route):
    found = make_round(route, skipped_count=1, bunched_count=1)
    points = list(route.points.all())
    for point, minute, second in ((points[1], 2, 0), (points[0], 2, 5)):
        at = moment(DAY, 22, minute) + timedelta(seconds=second)
        PatrolScan.objects.create(round=found, place=point.place, name="王小明", at=at, received_at=at)
    page = client_as("quality_manager").get(f"/attendance/rounds/{found.code}/").content.decode()
    assert [page.count(f'data-point="{state}"') for state in ("bunched", "on_time", "skipped")] == [1, 1, 1]
    assert "not in the order of the route; 5 s after the point before" in page
    assert "22:00–22:30" in page
    assert "王**" in page
    assert "王小明" not in page
    assert client_as("rival_manager").get(f"/attendance/rounds/{found.code}/").status_code == 404


def test_skipped_neighbours_are_pointed_out(client_as, route):
    page = client_as("auditor").get(f"/attendance/rounds/{make_round(route, skipped_count=3).code}/").content.decode()
    assert "Skipped points lie together" in page


def test_rounds_are_flat(client_as, route, flat_queries):
    client = client_as("auditor")
    days = iter(range(20))
    flat_queries.check(
        "attendance.rounds",
        visit=lambda: client.get("/attendance/rounds/"),
        add_row=lambda: make_round(route, DAY + timedelta(days=next(days))),
    )


def test_a_round_shows_the_points_that_are_doubted(client_as, world, route):
    found = make_round(route)
    mark = make_mark(world.ours, role="vendor_worker", kind="attendance.patrol", record=found.code, grade="D")
    make_review(world.ours, mark, counts_score=False)
    address = f"/attendance/rounds/{found.code}/"
    page = client_as("quality_manager").get(address).content.decode()
    assert "25 records within 15 seconds." in page
    assert "Does not count yet" in page
    theirs = client_as("vendor_manager").get(address).content.decode()
    assert "Does not count yet" in theirs
    assert "25 records" not in theirs


def test_a_round_under_way_says_how_far_it_has_come(client_as, route, time_machine):
    found = make_round(route)
    address, title = f"/attendance/rounds/{found.code}/", f"{route.code}.20261005.{found.number}"
    time_machine.move_to(moment(DAY, 21))
    page = shown(client_as, address)
    assert title in page
    assert "Under way" not in page
    time_machine.move_to(moment(DAY, 22, 6))
    at = moment(DAY, 22, 5)
    PatrolScan.objects.create(round=found, place=route.points.first().place, name="王小明", at=at, received_at=at)
    total = route.points.count()
    assert f"Under way: 1 of {total} scanned" in shown(client_as, address)
    time_machine.move_to(moment(DAY, 23) + timedelta(days=1))
    page = shown(client_as, address)
    assert "Under way" not in page
    assert f"1/{total}" in page


def shown(client_as, address):
    return client_as("quality_manager").get(address).content.decode()
